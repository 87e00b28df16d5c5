namespace BlockGen.Cli.Tests;

/// <summary><c>check -r</c> where QEMU's tool repairs less, or nothing.</summary>
public sealed class RepairTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("leaks")]
    [InlineData("all")]
    public async Task Leaks_are_given_back(string kind)
    {
        string folder = samples.MakeFolder();
        CommandResult result = await Ours.RunAsync(folder, $"check -r {kind} leak.qed");
        Assert.Equal(Lines(
            "The following inconsistencies were found and repaired:",
            "",
            "    2 leaked clusters",
            "    0 corruptions",
            "",
            "Double checking the fixed image now...",
            "No errors were found on the image.",
            "1/1024 = 0.10% allocated, 0.00% fragmented, 0.00% compressed clusters"), result.Output);
        Assert.Equal(("", ExitCode.Success), (result.Errors, result.ExitCode));
        Peer.Must(folder, "check leak.qed");
    }

    [Fact]
    public async Task Repaired_leaks_are_counted_in_json()
    {
        string output = await Ours.MustAsync(samples.MakeFolder(), "check -r leaks --output=json leak.qed");
        Assert.Contains("\"leaks-fixed\": 2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"leaks\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_stay_when_only_leaks_are_to_be_repaired()
    {
        string folder = samples.MakeFolder();
        byte[] before = File.ReadAllBytes(Path.Combine(folder, "corrupt.qed"));
        CommandResult result = await Ours.RunAsync(folder, "check -r leaks corrupt.qed");
        Assert.Equal(ExitCode.CheckFoundErrors, result.ExitCode);
        Assert.StartsWith("ERROR QedL2Entry 1 at", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder, "corrupt.qed")));
    }

    [Fact]
    public async Task What_was_repaired_is_named()
    {
        string folder = samples.MakeFolder();
        CommandResult result = await Ours.RunAsync(folder, "check -r all dirty.qed");
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.StartsWith("Repairing QedL2Entry 1 at", result.Errors, StringComparison.Ordinal);
        Peer.Must(folder, "io -f qed -c 'write 0 64k' dirty.qed");
        Peer.Must(folder, "check dirty.qed");
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_refused()
    {
        string folder = samples.MakeFolder();
        string path = Path.Combine(folder, "leak.qed");
        using FileStream holder = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        CommandResult result = await Ours.RunAsync(folder, "check -r all leak.qed");
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("Could not open 'leak.qed'", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raw_image_has_nothing_to_repair()
    {
        CommandResult result = await Ours.RunAsync(samples.MakeFolder(), "check -f raw -r all a.img");
        Assert.Equal(ExitCode.CheckNotSupported, result.ExitCode);
        Assert.Contains("This image format does not support checks", result.Errors, StringComparison.Ordinal);
    }

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => $"{line}\n"));
}
