namespace BlockGen.Concurrency.Tests.Bugs;

/// <summary>A concurrency bug that is put into the runtime, to see that exploring finds it.</summary>
/// <param name="Name">How commands call it.</param>
/// <param name="Sentence">What is wrong then.</param>
/// <param name="Scenario">Which scenario must fail.</param>
/// <param name="File">The source file, from the runtime's folder on.</param>
/// <param name="Edits">What is replaced by what; each stands in the file exactly once.</param>
internal sealed record SeededBug(
    string Name, string Sentence, string Scenario, string File, params (string Original, string Replacement)[] Edits)
{
    /// <summary>The file with the bug in it.</summary>
    /// <exception cref="InvalidOperationException">A text is not there, or more than once.</exception>
    public string Apply(string source)
    {
        foreach ((string original, string replacement) in Edits)
        {
            string[] parts = source.ReplaceLineEndings("\n").Split(original.ReplaceLineEndings("\n"));
            source = parts.Length == 2
                ? parts[0] + replacement + parts[1]
                : throw new InvalidOperationException(
                    $"bug '{Name}': {File} has the text {parts.Length - 1} times, not once:\n{original}");
        }

        return source;
    }
}
