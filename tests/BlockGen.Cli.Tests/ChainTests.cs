namespace BlockGen.Cli.Tests;

/// <summary>What <c>commit</c> and <c>rebase</c> leave: sound to QEMU's tools, and with the content it had.</summary>
public sealed class ChainTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("commit c.qed", "b.qed")]
    [InlineData("commit -b a.img c.qed", "a.img")]
    public async Task The_base_is_what_QEMU_makes_of_it(string line, string file)
    {
        string ours = samples.MakeFolder();
        string theirs = samples.MakeFolder();
        await Ours.MustAsync(ours, line);
        Peer.Must(theirs, line);
        Peer.Must(ours, $"compare -s {file} {Path.Combine(theirs, file)}");
        Peer.Must(ours, "compare c.qed c.raw");
        Peer.Must(ours, "check c.qed");
        Peer.Must(ours, "check b.qed");
    }

    [Theory]
    [InlineData("rebase -b a.img -F raw c.qed")]
    [InlineData("rebase -b '' c.qed")]
    [InlineData("rebase -b longer.img -F raw c.qed")]
    [InlineData("rebase -b v.vdi -F vdi c.qed")]
    public async Task A_rebased_image_reads_as_before(string line)
    {
        string ours = samples.MakeFolder();
        string theirs = samples.MakeFolder();
        await Ours.MustAsync(ours, line);
        Peer.Must(theirs, line);
        File.Delete(Path.Combine(ours, "b.qed"));
        Peer.Must(ours, "compare c.qed c.raw");
        Peer.Must(ours, "check c.qed");
        Assert.Equal(LinkOf(theirs), LinkOf(ours));
    }

    [Fact]
    public async Task An_unsafe_rebase_changes_the_name_alone()
    {
        string folder = samples.MakeFolder();
        File.Move(Path.Combine(folder, "b.qed"), Path.Combine(folder, "moved.qed"));
        await Ours.MustAsync(folder, "rebase -u -b moved.qed -F qed c.qed");
        Peer.Must(folder, "compare c.qed c.raw");
        Peer.Must(folder, "check c.qed");
    }

    [Fact]
    public async Task A_commit_to_a_smaller_block_map_image_grows_it()
    {
        string folder = samples.MakeFolder();
        Peer.Must(folder, "create -q -f qed -b v.vdi -F vdi over.qed 9M");
        Peer.Must(folder, "io -f qed -c 'write -P 4 7M 100k' over.qed");
        Peer.Must(folder, "convert -O raw over.qed over.raw");
        await Ours.MustAsync(folder, "commit over.qed");
        Peer.Must(folder, "compare v.vdi over.raw");
        Peer.Must(folder, "check v.vdi");
    }

    private static string LinkOf(string folder) => string.Join(
        '\n',
        Peer.Must(folder, "info c.qed").Split('\n')
            .Where(line => line.StartsWith("backing", StringComparison.Ordinal)));
}
