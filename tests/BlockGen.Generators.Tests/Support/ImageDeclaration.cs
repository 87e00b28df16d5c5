namespace BlockGen.Generators.Tests;

/// <summary>The text of drivers: those under <c>Images/Declarations</c>, also compiled here, and those that ship.</summary>
internal static class ImageDeclaration
{
    private static readonly string Samples = Path.Combine(Declaration.ProjectRoot, "Images", "Declarations");

    private static readonly string Shipped =
        Path.GetFullPath(Path.Combine(Declaration.ProjectRoot, "..", "..", "drivers", "BlockGen.Drivers"));

    /// <summary>The samples: one file for each shape of lookup.</summary>
    public static IEnumerable<string> Names =>
        Directory.GetFiles(Samples, "*.cs").Select(Path.GetFileNameWithoutExtension).Order()!;

    public static string Text(string name) => File.ReadAllText(Path.Combine(Samples, name + ".cs"));

    /// <summary>The sources of a shipped driver, which have a folder of their own.</summary>
    public static string[] Driver(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Shipped, folder), "*.cs").Order().Select(File.ReadAllText)];
}
