namespace BlockGen.Generators.Tests;

/// <summary>
/// Compares text with <c>Snapshots/Name#Hint.verified.cs</c>. A missing snapshot fails; running with
/// <c>BLOCKGEN_SNAPSHOTS=update</c> accepts what is there now.
/// </summary>
internal static class Snapshot
{
    private static readonly string Root = Path.Combine(Declaration.ProjectRoot, "Snapshots");

    /// <summary>Whether this run accepts every text.</summary>
    public static bool Accepts => Environment.GetEnvironmentVariable("BLOCKGEN_SNAPSHOTS") == "update";

    public static void Match(string text, string name, string hint, bool accept)
    {
        string verified = Path.Combine(Root, $"{name}#{hint}.verified.cs");
        string received = Path.ChangeExtension(Path.ChangeExtension(verified, null), ".received.cs");
        if (accept)
        {
            Directory.CreateDirectory(Root);
            File.WriteAllText(verified, text);
        }

        string? expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (text == expected)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Root);
        File.WriteAllText(received, text);
        Assert.Fail($"{(expected is null ? "there is no" : "the text differs from its")} snapshot {verified}; compare {received}\n{text}");
    }
}
