using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BlockGen.Testing.Tests.Mistakes;

/// <summary>Compiles one of the tiny drivers with a mistake in it.</summary>
internal static class MistakenDriver
{
    private const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly ISourceGenerator[] s_generators =
        [.. typeof(BlockGen.Generators.ImageGenerator).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IIncrementalGenerator)) && !type.IsAbstract)
            .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator())];

    /// <summary>The driver's type, in an assembly of its own.</summary>
    public static Type Compile(Mistake mistake)
    {
        string root = typeof(MistakenDriver).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ProjectRoot").Value!;
        string declaration = File.ReadAllText(Path.Combine(root, "Drivers", $"{mistake.Driver}.cs"));
        bool isDeclared = declaration.Contains(mistake.Right, StringComparison.Ordinal);
        CSharpCompilation declared = CSharpCompilation.Create(
            $"{mistake.Driver}.{Guid.NewGuid():n}",
            [Parse(GlobalUsings), Parse(isDeclared ? Make(mistake, declaration) : declaration)],
            s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release));
        GeneratorDriverRunResult generated = CSharpGeneratorDriver.Create(s_generators, parseOptions: s_parsing)
            .RunGenerators(declared)
            .GetRunResult();
        string[] sources = [.. generated.GeneratedTrees.Select(tree => tree.ToString())];
        if (!isDeclared)
        {
            int index = Array.FindIndex(sources, source => source.Contains(mistake.Right, StringComparison.Ordinal));
            Assert.True(index >= 0, $"neither the declaration nor what is generated for it has: {mistake.Right}");
            sources[index] = Make(mistake, sources[index]);
        }

        return Load(declared.AddSyntaxTrees(sources.Select(Parse))).GetType($"Acme.Disks.{mistake.Driver}")!;
    }

    private static string Make(Mistake mistake, string source)
    {
        Assert.Equal(2, source.Split(mistake.Right).Length);
        return source.Replace(mistake.Right, mistake.Wrong, StringComparison.Ordinal);
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, s_parsing);

    private static Assembly Load(CSharpCompilation compilation)
    {
        using MemoryStream bytes = new();
        Assert.Empty(compilation.Emit(bytes).Diagnostics.Where(found => found.Severity is DiagnosticSeverity.Error));
        return Assembly.Load(bytes.ToArray());
    }
}
