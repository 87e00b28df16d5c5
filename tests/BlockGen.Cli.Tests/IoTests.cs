namespace BlockGen.Cli.Tests;

/// <summary>The language of <c>io</c>: the same answers as qemu-io's, and the same image afterwards.</summary>
public sealed class IoTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [MemberData(nameof(IoSessions.All), MemberType = typeof(IoSessions))]
    public async Task A_session_prints_the_same_and_leaves_the_same_disk(string image, string commands)
    {
        string[] lines = commands.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string line = $"io {string.Join(' ', lines.Select(command => $"-c '{command}'"))} {image}";
        string theirs = samples.MakeFolder();
        string ours = samples.MakeFolder();
        CommandResult expected = Peer.Run(theirs, line).Normalized;
        CommandResult actual = (await Ours.RunAsync(ours, line)).Normalized;
        Assert.Equal(expected, actual);

        string file = image.Split(' ')[^1];
        Peer.Must(ours, $"compare {file} {Path.Combine(theirs, file)}");
    }

    [Theory]
    [InlineData("io -f raw a.img", "read 0 1\nlength\nquit\nread 0 1\n")]
    [InlineData("io -f raw a.img", "read 0 1\n\nfoo")]
    [InlineData("io", "open -o driver=qed c.qed\nread -P 2 512k 64k\nclose\nlength\n")]
    public async Task Commands_are_read_from_the_input(string line, string input)
    {
        CommandResult expected = Peer.Run(samples.MakeFolder(), line, input).Normalized;
        CommandResult actual = (await Ours.RunAsync(samples.MakeFolder(), line, input)).Normalized;
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("io nope.img -c 'read 0 1'")]
    [InlineData("io -f xx a.img -c 'read 0 1'")]
    [InlineData("io -f qed n.qed -c 'read 0 1'")]
    [InlineData("io -c 'read 0 1'")]
    public async Task What_cannot_be_opened_is_told_the_same(string line)
    {
        CommandResult expected = Peer.Run(samples.MakeFolder(), line).Normalized;
        CommandResult actual = (await Ours.RunAsync(samples.MakeFolder(), line)).Normalized;
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Copy_on_read_keeps_what_is_read()
    {
        string folder = samples.MakeFolder();
        await Ours.MustAsync(folder, "io -C -f qed -c 'read -P 1 64k 64k' c.qed");
        Assert.Equal(
            "65536/65536 bytes allocated at offset 64 KiB\n",
            Peer.Must(folder, "io -r -f qed -c 'alloc 64k 64k' c.qed"));
        Peer.Must(folder, "compare c.qed c.raw");
    }

    // qemu-io drops discards unless it is told otherwise, so that only its words can be the same.
    [Fact]
    public async Task Discard_prints_the_same_and_never_uncovers_the_backing_image()
    {
        const string Line =
            "io -f qed -c 'discard 512k 64k' -c 'discard -q 64k 64k' -c 'discard -C 0 64k' "
            + "-c 'discard 100 10' -c 'discard 0' c.qed";
        string folder = samples.MakeFolder();
        CommandResult expected = Peer.Run(samples.MakeFolder(), Line).Normalized;
        Assert.Equal(expected, (await Ours.RunAsync(folder, Line)).Normalized);
        Assert.Equal("", Peer.Must(folder, "io -r -f qed -c 'read -q -P 0 0 128k' -c 'read -q -P 0 512k 64k' c.qed"));
        Peer.Must(folder, "check c.qed");
    }

    [Fact]
    public async Task A_raw_image_that_was_only_guessed_is_warned_of()
    {
        CommandResult result = await Ours.RunAsync(samples.MakeFolder(), "io -c 'write 0 512' a.img");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(
            "WARNING: Image format was not specified for 'a.img' and probing guessed raw.",
            result.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_temporary_file_keeps_is_not_lost_by_opening_again()
    {
        string folder = samples.MakeFolder();
        CommandResult result = await Ours.RunAsync(
            folder, "io -s -f raw -c 'write -q -P 5 64k 64k' -c 'reopen -r' -c 'read -q -P 5 64k 64k' a.img");
        Assert.Equal("blockgen: what is kept in a temporary file would be lost\n", result.Errors);
        Assert.DoesNotContain("Pattern verification failed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_knows_every_command()
    {
        string help = await Ours.MustAsync(samples.MakeFolder(), "io -c help");
        foreach (IoVerb verb in IoVerbs.All)
        {
            Assert.Contains($"{verb.OneLine}\n", help, StringComparison.Ordinal);
            string manual = await Ours.MustAsync(samples.MakeFolder(), $"io -c 'help {verb.Name}'");
            Assert.StartsWith(verb.OneLine, manual, StringComparison.Ordinal);
        }
    }
}
