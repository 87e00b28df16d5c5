using System.Reflection;

namespace BlockGen.Generators.Tests;

/// <summary>The text of the files under <c>Declarations</c>, which are also compiled into this project.</summary>
internal static class Declaration
{
    /// <summary>Where this project's files are.</summary>
    public static string ProjectRoot { get; } = typeof(Declaration).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "ProjectRoot").Value!;

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(ProjectRoot, "Declarations"), "*.cs").Select(Path.GetFileNameWithoutExtension).Order()!;

    public static string Text(string name) => File.ReadAllText(Path.Combine(ProjectRoot, "Declarations", name + ".cs"));
}
