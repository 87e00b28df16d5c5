namespace BlockGen.Cli;

/// <summary>Names of backing files, as images store them.</summary>
internal static class BackingNames
{
    private const string FilePrefix = "file:";

    /// <summary>
    /// The path a backing file's name stands for: relative names count from the overlay's folder. The text is kept as
    /// it is, so that messages show what the operator typed.
    /// </summary>
    public static string Resolve(string overlayPath, string name)
    {
        if (NodeText.Describes(name))
        {
            return name;
        }

        if (name.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            name = name[FilePrefix.Length..];
        }

        return Path.IsPathRooted(name)
            ? name
            : string.Concat(overlayPath.AsSpan(0, overlayPath.LastIndexOf('/') + 1), name);
    }

    /// <summary>The protocol that a name asks for; null for a plain path or <c>file:</c>.</summary>
    public static string? ProtocolOf(string name)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return colon <= 0 || (slash >= 0 && slash < colon) || name.StartsWith(FilePrefix, StringComparison.Ordinal)
            ? null
            : name[..colon];
    }
}
