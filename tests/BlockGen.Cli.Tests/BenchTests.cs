namespace BlockGen.Cli.Tests;

/// <summary><c>bench</c> prints, and leaves in the image, what QEMU's tool does.</summary>
public sealed class BenchTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [MemberData(nameof(Lines), Printed)]
    public Task It_prints_the_same(string line) => Agreement.ExpectAsync(samples, line);

    [Theory]
    [MemberData(nameof(Lines), Written)]
    public async Task It_writes_the_same(string line)
    {
        string theirs = samples.MakeFolder();
        string ours = samples.MakeFolder();
        Peer.Must(theirs, line);
        await Ours.MustAsync(ours, line);
        string file = line.Split(' ')[^1];
        string comparison = $"compare {Path.Combine(theirs, file)} {Path.Combine(ours, file)}";
        Assert.Equal("Images are identical.\n", Peer.Must(ours, comparison));
    }

    [Theory]
    [InlineData("bench -d 0 a.img", "Invalid queue depth specified")]
    [InlineData("bench --image-opts driver=raw", "A block device must be specified for")]
    [InlineData("bench --object secret a.img", "Parameter 'id' is missing")]
    public async Task What_it_cannot_do_it_refuses(string line, string expected)
    {
        CommandResult result = await Ours.RunAsync(samples.MakeFolder(), line);
        Assert.Equal((ExitCode.Failure, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_to_a_disk_of_no_bytes_fail()
    {
        string folder = samples.MakeFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder, "zero.raw"), []);
        CommandResult result = await Ours.RunAsync(folder, "bench -f raw -c 10 zero.raw");
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("Failed request: Input/output error", result.Errors, StringComparison.Ordinal);
    }

    public static TheoryData<string> Lines(string table) => Agreement.Lines(table);

    private const string Printed = """
        bench -c 1000 c.qed
        bench -c 1000 v.vdi
        bench -c 1000 -f raw a.img
        bench -c 1000 -w a.qed
        bench -c 10 -q c.qed
        bench -c 0x10 c.qed
        bench -c 010 c.qed
        bench -c 0 c.qed
        bench -c -1 c.qed
        bench -c abc c.qed
        bench -c 5000000000 c.qed
        bench -d x c.qed
        bench -d -1 c.qed
        bench -d 5 -c 10 c.qed
        bench -d 1 -c 10 -w a.qed
        bench -s 0 -c 10 c.qed
        bench -s 3G c.qed
        bench -s xx c.qed
        bench -s 1M -S 512 -c 10 -d 4 a.qed
        bench -s 0x400 -S 0x200 -o 0x1000 -c 10 c.qed
        bench -s 128M -c 10 a.qed
        bench --buffer-size=8k c.qed
        bench -S x c.qed
        bench -S 0 -c 10 c.qed
        bench -S 70M -c 10 c.qed
        bench -o -5 c.qed
        bench -o 1T -c 10 c.qed
        bench -o 2M -c 1 c.qed
        bench -o 1M -c 1000 c.qed
        bench -w --flush-interval 3 -c 10 a.qed
        bench -w --flush-interval 3 -d 3 -c 10 a.qed
        bench -w --flush-interval 3 -d 3 -c 10 --no-drain a.qed
        bench -w --flush-interval x a.qed
        bench --flush-interval 3 -c 10 c.qed
        bench --no-drain -c 10 c.qed
        bench --pattern 5 -c 10 c.qed
        bench --pattern 256 -w a.qed
        bench --pattern x -w a.qed
        bench -t foo c.qed
        bench -t unsafe -w -c 10 a.qed
        bench -t writethrough -w -c 10 a.qed
        bench -t directsync -w -c 10 a.qed
        bench -t none -s 1000 -c 10 c.qed
        bench -i foo c.qed
        bench -i threads -c 10 c.qed
        bench -i native c.qed
        bench -n -c 10 c.qed
        bench -U -c 1 c.qed
        bench -U -w -c 1 a.qed
        bench -f xx c.qed
        bench -c 10 nope
        bench -c 10 corrupt.qed
        bench -z c.qed
        bench
        bench a b
        """;

    private const string Written = """
        bench -w --pattern 65 -c 20 -s 1000 -S 70000 -o 63M a.qed
        bench -w --pattern 0x42 -c 300 -s 4k -S 68k v.vdi
        bench -w --pattern 7 -c 100 -d 8 --flush-interval 10 -s 512 -S 5k c.qed
        bench -w --pattern 7 -c 100 -d 8 --flush-interval 10 --no-drain -s 512 -S 5k c.qed
        bench -w --pattern 9 -c 50 -s 64k -t writethrough p.prl
        """;
}
