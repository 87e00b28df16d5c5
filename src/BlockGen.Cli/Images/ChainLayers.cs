namespace BlockGen.Cli;

/// <summary>Finds layers of a backing chain by what the operator calls them.</summary>
internal static class ChainLayers
{
    /// <summary>The layer below the top in that file; null when there is none.</summary>
    public static Image? Find(Image top, string name) =>
        top.Layers.Skip(1).FirstOrDefault(layer => IsSameFile(layer.Storage.Name, name));

    private static bool IsSameFile(string one, string other) => one == other || Locate(one) == Locate(other);

    private static string Locate(string name) => Path.GetFullPath(BackingNames.Resolve("", name));
}
