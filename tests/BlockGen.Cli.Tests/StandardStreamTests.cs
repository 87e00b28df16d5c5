namespace BlockGen.Cli.Tests;

/// <summary>The tool in a process of its own, whose standard output and error go where they cannot be written.</summary>
public sealed class StandardStreamTests(Samples samples) : IClassFixture<Samples>
{
    private const string Tool = "dotnet \"$TOOL\"";

    [Fact]
    public void A_full_disk_is_said()
    {
        CommandResult result = Shell($"{Tool} info a.img > /dev/full");
        Assert.Equal("blockgen: standard output: No space left on device\n", result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void Nobody_needs_to_read_to_the_end()
    {
        CommandResult result = Shell($"{Tool} --help | true; echo ${{PIPESTATUS[0]}}");
        Assert.Equal(("0\n", ""), (result.Output, result.Errors));
    }

    [Fact]
    public void Errors_that_cannot_be_told_leave_the_exit_code()
    {
        CommandResult result = Shell($"{Tool} info nope 2> /dev/full");
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void Two_commands_write_one_file_behind_each_other()
    {
        CommandResult result = Shell($"({Tool} --version; {Tool} --version) > both; wc -l < both");
        Assert.Equal("2\n", result.Output);
    }

    private CommandResult Shell(string script)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "BlockGen.Cli.dll");
        return Peer.Run(samples.MakeFolder(), "env", [$"TOOL={tool}", "bash", "-c", script]);
    }
}
