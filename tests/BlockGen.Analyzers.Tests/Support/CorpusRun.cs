using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers.Tests;

/// <summary>Compiles a snippet as part of a driver and runs every analyzer over it.</summary>
internal static class CorpusRun
{
    private const string Usings =
        """
        global using System;
        global using System.Buffers;
        global using System.Buffers.Binary;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Runtime.CompilerServices;
        global using System.Runtime.InteropServices;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using BlockGen;
        """;

    /// <summary>What is reported, as "line: rule", in order; a snippet that does not compile is an error.</summary>
    public static async Task<IEnumerable<string>> ReportAsync(CorpusSnippet snippet)
    {
        Compilation compilation = AnalyzerRun.Compile(snippet.Source, Usings);
        Assert.Empty(compilation.GetDiagnostics().Where(problem => problem.Severity is DiagnosticSeverity.Error));
        return
        [
            .. (await AnalyzerRun.ReportAsync(compilation))
                .OrderBy(problem => problem.Location.GetLineSpan().StartLinePosition)
                .ThenBy(problem => problem.Id, StringComparer.Ordinal)
                .Select(problem => $"{problem.Location.GetLineSpan().StartLinePosition.Line + 1}: {problem.Id}")
                .Distinct(),
        ];
    }
}
