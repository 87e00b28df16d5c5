namespace BlockGen.Cli.Tests;

/// <summary>Whether our tool and QEMU's do the same.</summary>
internal static class Agreement
{
    /// <summary>A table of command lines, one a line.</summary>
    public static TheoryData<string> Lines(string table) =>
        [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Output, errors and exit code are the same, to the letter.</summary>
    public static async Task ExpectAsync(Samples samples, string line)
    {
        CommandResult expected = Peer.Run(samples.MakeFolder(), line).Normalized;
        CommandResult actual = (await Ours.RunAsync(samples.MakeFolder(), line)).Normalized;
        Assert.Equal(expected, actual);
    }
}
