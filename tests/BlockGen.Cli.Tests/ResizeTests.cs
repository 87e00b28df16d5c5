using System.Text.Json.Nodes;

namespace BlockGen.Cli.Tests;

/// <summary>What <c>resize</c> leaves: sound to QEMU's tools, with the content it had and zeroes after it.</summary>
public sealed class ResizeTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("-f raw a.img 3M", "raw")]
    [InlineData("c.qed 5M", "qed")]
    [InlineData("written.qed 1T", "qed")]
    [InlineData("v.vdi 100M", "vdi")]
    public async Task A_longer_disk_is_the_old_one_and_zeroes(string options, string format)
    {
        string folder = samples.MakeFolder();
        string file = options.Split(' ')[^2];
        Peer.Must(folder, $"convert -O qed {file} before.qed");
        Assert.Equal("Image resized.\n", await Ours.MustAsync(folder, $"resize {options}"));
        Assert.Equal(
            "Warning: Image size mismatch!\nImages are identical.\n",
            Peer.Must(folder, $"compare -F {format} before.qed {file}"));
        if (format != "raw")
        {
            Peer.Must(folder, $"check {file}");
        }
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("falloc")]
    [InlineData("full")]
    public async Task What_a_disk_gains_can_be_reserved(string mode)
    {
        string folder = samples.MakeFolder();
        Peer.Must(folder, "create -q -f qcow2 grown.qcow2 1000000");
        Peer.Must(folder, "io -c 'write -P 3 900k 70k' grown.qcow2");
        Peer.Must(folder, "convert -O raw grown.qcow2 before.raw");
        await Ours.MustAsync(folder, $"resize --preallocation={mode} grown.qcow2 20M");
        await Ours.MustAsync(folder, $"create -q -f qcow2 -o preallocation={mode} made.qcow2 20M");
        Peer.Must(folder, "compare before.raw grown.qcow2");
        Peer.Must(folder, "create -q empty.raw 20M");
        Peer.Must(folder, "compare -f raw empty.raw made.qcow2");
        foreach (string image in new[] { "grown.qcow2", "made.qcow2" })
        {
            string described = Peer.Must(folder, $"info --output=json {image}");
            long bytes = JsonNode.Parse(described)!["actual-size"]!.GetValue<long>();
            Assert.Equal(mode != "metadata", bytes > 18 << 20);
            string expected = image == "made.qcow2" ? "320/320 = 100.00% allocated" : "306/320 = 95.62% allocated";
            Assert.Contains(expected, Peer.Must(folder, $"check {image}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_shorter_disk_gives_its_space_up_and_grows_again_by_zeroes()
    {
        string folder = samples.MakeFolder();
        Peer.Must(folder, "create -q -f qcow2 -b longer.img -F raw cut.qcow2 3M");
        Peer.Must(folder, "io -c 'write -P 3 0 3M' cut.qcow2");
        await Ours.MustAsync(folder, "resize --shrink cut.qcow2 1000k");
        Assert.Contains("No errors", Peer.Must(folder, "check cut.qcow2"), StringComparison.Ordinal);
        Assert.Contains("16/16 = 100.00%", Peer.Must(folder, "check cut.qcow2"), StringComparison.Ordinal);
        await Ours.MustAsync(folder, "resize cut.qcow2 2M");
        Peer.Must(folder, "io -c 'read -P 3 0 1000k' -c 'read -P 0 1000k 1048k' cut.qcow2");
        Peer.Must(folder, "check cut.qcow2");
    }

    [Theory]
    [InlineData("-O luks -o key-secret=s,iter-time=10")]
    [InlineData("-O luks -o key-secret=s,iter-time=10,cipher-alg=aes-128")]
    [InlineData("-O qcow2 -o cluster_size=4k,refcount_bits=64,preallocation=metadata")]
    public async Task A_new_file_has_the_size_that_was_measured(string options)
    {
        string folder = samples.MakeFolder();
        const string Key = "--object secret,id=s,data=x";
        string measured = await Ours.MustAsync(folder, $"measure --output json {Key} {options} --size 10M");
        await Ours.MustAsync(folder, $"create -q {Key} {options.Replace("-O", "-f", StringComparison.Ordinal)} new 10M");
        ulong expected = JsonNode.Parse(measured)!["fully-allocated"]!.GetValue<ulong>();
        Assert.Equal(expected, (ulong)new FileInfo(Path.Combine(folder, "new")).Length);
    }

    [Fact]
    public async Task A_longer_backing_image_stays_hidden()
    {
        string folder = samples.MakeFolder();
        Peer.Must(folder, "create -q -f qed -b longer.img -F raw short.qed 1000k");
        Peer.Must(folder, "convert -O raw short.qed before.img");
        await Ours.MustAsync(folder, "resize short.qed 5M");
        Peer.Must(folder, "compare before.img short.qed");
        Peer.Must(folder, "check short.qed");
    }

    [Fact]
    public async Task A_block_map_without_room_is_told_of()
    {
        string folder = samples.MakeFolder();
        CommandResult result = await Ours.RunAsync(folder, "resize v.vdi 200M");
        Assert.Equal(1, result.ExitCode);
        const string Reason = "v.vdi: the disk cannot have 209715200 bytes: BlocksInImage";
        Assert.Contains(Reason, result.Errors, StringComparison.Ordinal);
        Assert.Contains("virtual size: 4 MiB", Peer.Must(folder, "info v.vdi"), StringComparison.Ordinal);
    }
}
