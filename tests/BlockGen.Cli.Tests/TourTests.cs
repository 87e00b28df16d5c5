namespace BlockGen.Cli.Tests;

/// <summary>The tour, with a faster way to its base: it passes, and it can fail.</summary>
public sealed class TourTests : IDisposable
{
    private const ulong BytesPerSecond = 100 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("blockgen-tour-test-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(20_261_125)]
    public async Task Every_block_is_right(int seed)
    {
        (bool isRight, string output) = await RunAsync(seed, beforeVerifying: null);
        Assert.True(isRight, output);
        Assert.Contains("24576 of 24576 right", output, StringComparison.Ordinal);
        Assert.Contains("Every block is right", output, StringComparison.Ordinal);
        Peer.Must(_folder, "check overlay.qed");
    }

    [Fact]
    public async Task A_changed_block_is_found()
    {
        (bool isRight, string output) = await RunAsync(
            seed: 1, image => Peer.Must(_folder, $"io -f qed -c 'write -P 0x5a 2M 100' {image}"));
        Assert.False(isRight, output);
        Assert.Contains("1 blocks are wrong, the first at guest offset 0x200000", output, StringComparison.Ordinal);
        Assert.Contains("the checksum is not the one it was made with", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Every block is right", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leak_is_found()
    {
        (bool isRight, string output) = await RunAsync(seed: 2, image =>
        {
            using FileStream file = File.OpenWrite(image);
            file.SetLength(file.Length + 65536);
        });
        Assert.False(isRight, output);
        Assert.Contains("0 errors, 1 leaked clusters", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(bool IsRight, string Output)> RunAsync(int seed, Action<string>? beforeVerifying)
    {
        StringWriter output = new() { NewLine = "\n" };
        using ToolConsole console = new(TextReader.Null, output, TextWriter.Null, isTerminal: false);
        TourPlan plan = new()
        {
            Folder = _folder,
            Seed = seed,
            BytesPerSecond = BytesPerSecond,
            BeforeVerifying = beforeVerifying,
        };
        bool isRight = await new Tour(plan, new Screen(console), CancellationToken.None).RunAsync();
        return (isRight, output.ToString());
    }
}
