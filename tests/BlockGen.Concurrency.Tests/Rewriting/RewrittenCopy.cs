using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace BlockGen.Concurrency.Tests.Rewriting;

/// <summary>A folder with copies of these assemblies whose every step the explorer controls.</summary>
internal static class RewrittenCopy
{
    private const string Runtime = "BlockGen.dll";
    private const string Control = "BlockGen.Concurrency.Control.dll";

    private static readonly string[] s_rewritten =
        [Control, Runtime, "BlockGen.Drivers.dll", "BlockGen.Concurrency.Tests.dll"];

    /// <summary>Makes the copy.</summary>
    /// <param name="source">The folder of the assemblies as they were built.</param>
    /// <param name="target">Where the copies go.</param>
    /// <param name="runtime">A runtime library that takes the place of the one in the folder; null for none.</param>
    public static void Make(string source, string target, byte[]? runtime = null)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        target = Path.GetFullPath(target);
        string library = Path.Combine(target, Runtime);
        if (runtime is not null)
        {
            File.WriteAllBytes(library, runtime);
            File.Delete(Path.ChangeExtension(library, ".pdb"));
        }

        Redirection.Apply(library, Path.Combine(target, Control));
        Rewrite(target);
        foreach (string assembly in s_rewritten)
        {
            ReturnedValueTasks.RemoveChecks(Path.Combine(target, assembly));
        }
    }

    private static void Rewrite(string folder)
    {
        string settings = Path.Combine(folder, "rewriting.json");
        File.WriteAllText(settings, JsonSerializer.Serialize(
            new { AssembliesPath = folder, OutputPath = folder, Assemblies = s_rewritten }));
        ProcessStartInfo start = new("dotnet", [Metadata("Rewriter"), "rewrite", settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The rewriter was built for an older runtime.
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        start.Environment["COYOTE_CLI_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"the rewriter ended with {process.ExitCode}: {output}");
        }
    }

    public static string Metadata(string key) => typeof(RewrittenCopy).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == key).Value!;
}
