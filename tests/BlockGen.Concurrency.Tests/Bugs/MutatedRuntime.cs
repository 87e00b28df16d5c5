using System.Reflection;
using BlockGen.Concurrency.Tests.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Concurrency.Tests.Bugs;

/// <summary>The runtime library, compiled from its sources with a bug in one of them.</summary>
internal static class MutatedRuntime
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.CSharp14);
    private static readonly Lazy<CSharpCompilation> s_original = new(CompileOriginal);

    /// <summary>The folder of the runtime's sources.</summary>
    public static string SourceFolder => Path.GetFullPath(
        Path.Combine(RewrittenCopy.Metadata("ProjectRoot"), "..", "..", "src", "BlockGen"));

    /// <summary>The library with the bug.</summary>
    public static byte[] Compile(SeededBug bug)
    {
        string path = Path.GetFullPath(Path.Combine(SourceFolder, bug.File));
        SyntaxTree original = s_original.Value.SyntaxTrees.Single(tree => tree.FilePath == path);
        CSharpCompilation compilation = s_original.Value.ReplaceSyntaxTree(
            original, Parse(bug.Apply(original.ToString()), path));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(InteropGenerators(), parseOptions: s_parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out _);
        using MemoryStream library = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = complete.Emit(library);
        return result.Success
            ? library.ToArray()
            : throw new InvalidOperationException($"bug '{bug.Name}' does not compile: "
                + string.Join(
                    "\n", result.Diagnostics.Where(problem => problem.Severity is DiagnosticSeverity.Error)));
    }

    private static CSharpCompilation CompileOriginal()
    {
        string[] excluded = [Path.Combine(SourceFolder, "obj"), Path.Combine(SourceFolder, "bin")];
        IEnumerable<SyntaxTree> sources = Directory
            .EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !excluded.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
            .Select(path => Parse(File.ReadAllText(path), path));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("BlockGen", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "BlockGen",
            [Parse(AssemblyText, "Assembly.cs"), .. sources],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>What the project file adds to the sources.</summary>
    private static string AssemblyText => $"""
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Reflection.AssemblyVersion("{typeof(Image).Assembly.GetName().Version}")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("BlockGen.Concurrency.Tests")]
        """;

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, s_parsing, path, System.Text.Encoding.UTF8);

    private static IEnumerable<ISourceGenerator> InteropGenerators() =>
        new AnalyzerFileReference(RewrittenCopy.Metadata("InteropGenerator"), Loader.Instance)
            .GetGenerators(LanguageNames.CSharp);

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static Loader Instance { get; } = new();

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
