namespace BlockGen.Cli.Tests;

/// <summary>The name that the program is started under makes it one of QEMU's tools.</summary>
public sealed class ToolNameTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("/usr/bin/qemu-img", "qemu-img")]
    [InlineData("qemu-io", "qemu-io")]
    [InlineData("./blockgen", "blockgen")]
    [InlineData("/lib/BlockGen.Cli.dll", "blockgen")]
    public void The_file_name_decides(string program, string expected) =>
        Assert.Equal(expected, ToolName.Of(program).Text);

    /// <summary>Nothing is normalised away here: the prefix is part of what is compared.</summary>
    [Theory]
    [InlineData("qemu-img", "info nope")]
    [InlineData("qemu-img", "nocmd")]
    [InlineData("qemu-img", "io -c length a.img")]
    [InlineData("qemu-img", "explain a.img")]
    [InlineData("qemu-img", "")]
    [InlineData("qemu-img", "-Z")]
    [InlineData("qemu-img", "-T")]
    [InlineData("qemu-img", "--trace")]
    [InlineData("qemu-img", "-T foo info nope")]
    [InlineData("qemu-img", "create -f")]
    [InlineData("qemu-img", "create -f raw x.img 1x")]
    [InlineData("qemu-img", "measure -o foo=1 --size 1M")]
    [InlineData("qemu-img", "map c.qed")]
    [InlineData("qemu-io", "-c length -f raw a.img")]
    [InlineData("qemu-io", "-c 'open nope'")]
    [InlineData("qemu-io", "nope")]
    [InlineData("qemu-io", "-t foo a.img")]
    public async Task It_speaks_under_that_name(string program, string line)
    {
        CommandResult expected = Peer.Run(samples.MakeFolder(), program, CommandText.Split(line));
        CommandResult actual = await Ours.RunAsAsync(ToolName.Of(program), samples.MakeFolder(), line);
        Assert.Equal(
            (expected.Output, expected.Errors, expected.ExitCode), (actual.Output, actual.Errors, actual.ExitCode));
    }

    /// <summary>The list of options is in our words: what stands before it, and the exit code, are the same.</summary>
    [Theory]
    [InlineData("--wrong")]
    [InlineData("-X")]
    [InlineData("-c")]
    [InlineData("--cache")]
    [InlineData("a b")]
    public async Task Misuse_of_io_is_told_the_same(string line)
    {
        CommandResult expected = Peer.Run(samples.MakeFolder(), "qemu-io", CommandText.Split(line));
        CommandResult actual = await Ours.RunAsAsync(ToolName.QemuIo, samples.MakeFolder(), line);
        Assert.Equal((expected.Errors, expected.ExitCode), (actual.Errors, actual.ExitCode));
        Assert.NotEqual("", actual.Output);
    }

    [Fact]
    public async Task Commands_come_from_the_input_with_the_same_prompts()
    {
        const string Input = "length\nwrite 0 512 -q\nwrite -q 0 512\nread -q -P 205 0 512\nbad\nquit\nlength\n";
        CommandResult expected = Peer.Run(samples.MakeFolder(), "qemu-io", ["-f", "raw", "a.img"], Input);
        CommandResult actual = await Ours.RunAsAsync(ToolName.QemuIo, samples.MakeFolder(), "-f raw a.img", Input);
        Assert.Equal(
            (expected.Output, expected.Errors, expected.ExitCode), (actual.Output, actual.Errors, actual.ExitCode));
    }

    [Theory]
    [InlineData("qemu-img")]
    [InlineData("qemu-io")]
    public async Task The_version_begins_as_scripts_expect(string program)
    {
        CommandResult actual = await Ours.RunAsAsync(ToolName.Of(program), samples.MakeFolder(), "--version");
        Assert.StartsWith($"{program} version 7.2.", actual.Output, StringComparison.Ordinal);
        Assert.Equal(0, actual.ExitCode);
    }
}
