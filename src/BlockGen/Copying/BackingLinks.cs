namespace BlockGen;

/// <summary>Names of backing files, moved from one image into another.</summary>
internal static class BackingLinks
{
    /// <summary>How <paramref name="top"/> must call the layer that is to stay behind it; null for none.</summary>
    public static BackingLink? ToBase(Image top, Image? baseLayer)
    {
        if (baseLayer is null)
        {
            return null;
        }

        Image above = top.Layers.First(layer => layer.Backing == baseLayer);
        return above.BackingLink is { } link
            ? new BackingLink(
                Rebase(link.Name, above.Storage.Name, top.Storage.Name), link.Format ?? baseLayer.Driver.Name)
            : new BackingLink(baseLayer.Storage.Name, baseLayer.Driver.Name);
    }

    /// <summary>
    /// A name that stands in <paramref name="from"/>, as it must stand in <paramref name="to"/> to mean the same
    /// file.
    /// </summary>
    public static string Rebase(string name, string from, string to)
    {
        string fromFolder = FolderOf(from);
        string toFolder = FolderOf(to);
        if (Path.IsPathRooted(name) || HasProtocol(name) || fromFolder == toFolder)
        {
            return name;
        }

        string target = Path.GetFullPath(Path.Combine(fromFolder, name));
        string relative = Path.GetRelativePath(toFolder, target);

        // "..", looked up through a symbolic link to a folder, leads elsewhere.
        return relative.StartsWith("..", StringComparison.Ordinal) ? target : relative;
    }

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file)) ?? file;

    private static bool HasProtocol(string name)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return colon > 0 && (slash < 0 || colon < slash);
    }
}
