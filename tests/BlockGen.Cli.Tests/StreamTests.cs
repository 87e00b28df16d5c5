namespace BlockGen.Cli.Tests;

/// <summary><c>stream</c>, judged by QEMU's tools.</summary>
public sealed class StreamTests(Samples samples) : IClassFixture<Samples>
{
    [Fact]
    public async Task A_streamed_image_needs_no_backing_file()
    {
        string folder = samples.MakeFolder();
        string output = await Ours.MustAsync(folder, "stream c.qed");
        Assert.Matches(@"^c\.qed: .* copied in .* s; it needs no backing file any more\.\n$", output);
        File.Delete(Path.Combine(folder, "a.img"));
        File.Delete(Path.Combine(folder, "b.qed"));
        Assert.DoesNotContain("backing", Peer.Must(folder, "info c.qed"), StringComparison.Ordinal);
        Peer.Must(folder, "compare c.qed c.raw");
        Peer.Must(folder, "check c.qed");
    }

    [Theory]
    [InlineData("a.img")]
    [InlineData("./a.img")]
    public async Task The_base_stays_as_the_backing_file(string name)
    {
        string folder = samples.MakeFolder();
        string output = await Ours.MustAsync(folder, $"stream --base {name} c.qed");
        Assert.EndsWith("its backing file is now 'a.img'.\n", output, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, "b.qed"));
        string info = Peer.Must(folder, "info c.qed");
        Assert.Contains("backing file: a.img\nbacking file format: raw\n", info, StringComparison.Ordinal);
        Peer.Must(folder, "compare c.qed c.raw");
        Peer.Must(folder, "check c.qed");
    }

    [Fact]
    public async Task An_interrupted_stream_leaves_a_sound_image_and_says_what_is_left()
    {
        string folder = samples.MakeFolder();

        // Progress shows before the first read, which never ends: there is nothing to copy before it.
        using (FileStream far = File.Create(Path.Combine(folder, "far.img")))
        {
            far.Position = 1 << 20;
            far.Write(Enumerable.Repeat((byte)5, 1 << 20).ToArray());
        }

        Peer.Must(folder, "create -q -f qed -b far.img -F raw near.qed");
        using CancellationTokenSource interruption = new();
        CommandResult result = await Ours.RunAsync(
            folder,
            "stream -p --simulate read-latency=3600s near.qed",
            new InterruptingWriter(interruption),
            input: "",
            interruption.Token);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "blockgen: near.qed: interrupted, 1 MiB are left. What was copied stays: run the command again to go on.\n",
            result.Errors);
        Peer.Must(folder, "check near.qed");
        Peer.Must(folder, "compare near.qed far.img");

        await Ours.MustAsync(folder, "stream near.qed");
        Peer.Must(folder, "compare near.qed far.img");
    }

    [Fact]
    public async Task A_failing_base_is_told_of_and_leaves_the_image_as_it_was()
    {
        string folder = samples.MakeFolder();
        CommandResult result = await Ours.RunAsync(folder, "stream --simulate error-rate=1 c.qed");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Input/output error", result.Errors, StringComparison.Ordinal);
        Peer.Must(folder, "check c.qed");
        Peer.Must(folder, "compare c.qed c.raw");
    }

    [Theory]
    [InlineData("stream --base v.vdi c.qed", "'v.vdi' is not in the backing chain of 'c.qed'")]
    [InlineData("stream --simulate fog=1 c.qed", "Unknown simulation setting 'fog'")]
    [InlineData("stream --speed fast c.qed", "Invalid rate limit specified.")]
    [InlineData("stream a.qed", "a.qed: it has no backing file, so there is nothing to stream")]
    [InlineData("stream a.img", "a.img: it has no backing file, so there is nothing to stream")]
    [InlineData("stream nope", "Could not open 'nope': Could not open 'nope': No such file or directory")]
    public async Task What_cannot_be_done_is_told(string line, string message)
    {
        CommandResult result = await Ours.RunAsync(samples.MakeFolder(), line);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    /// <summary>Interrupts the command as soon as it has shown progress.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interruption) : StringWriter
    {
        public override void Flush()
        {
            if (GetStringBuilder().Length > 0)
            {
                interruption.Cancel();
            }
        }
    }
}
