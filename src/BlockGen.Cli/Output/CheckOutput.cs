using System.Globalization;

namespace BlockGen.Cli;

/// <summary>The forms of <c>check</c>, as qemu-img prints them.</summary>
internal static class CheckOutput
{
    /// <summary>
    /// Writes to the error stream what is wrong with counts, and then what of it was put right: whatever the form, as QEMU
    /// does.
    /// </summary>
    public static void WriteCountFindings(ToolConsole console, RepairReport report)
    {
        List<CheckFinding> found = FindingsOfCounts(report.Found);
        HashSet<CheckFinding> repaired = [.. found.Except(FindingsOfCounts(report.Left))];
        foreach (CheckFinding finding in found)
        {
            if (finding.Problem is not CheckProblem.WrongMark || !repaired.Contains(finding))
            {
                WriteFinding(console, finding);
            }
        }

        WriteRepairing(console, found.Where(repaired.Contains));
    }

    /// <summary>Writes what was repaired to the error stream, how much of it to the output.</summary>
    public static void WriteRepairs(ToolConsole console, RepairReport report)
    {
        if (report.ErrorsFixed == 0 && report.LeaksFixed == 0)
        {
            return;
        }

        IEnumerable<CheckFinding> repaired = report.Found.Findings.Except(report.Left.Findings);
        WriteRepairing(console, repaired.Where(static finding => !IsOfCounts(finding)));
        TextWriter output = console.Out;
        output.WriteLine("The following inconsistencies were found and repaired:");
        output.WriteLine();
        output.WriteLine($"    {report.LeaksFixed} leaked clusters");
        output.WriteLine($"    {report.ErrorsFixed} corruptions");
        output.WriteLine();
        output.WriteLine("Double checking the fixed image now...");
    }

    private static bool IsOfCounts(CheckFinding finding) =>
        finding.Problem is CheckProblem.Undercounted or CheckProblem.WrongMark;

    /// <summary>What is wrong with counts in the order of the clusters, then the marks that they belie.</summary>
    private static List<CheckFinding> FindingsOfCounts(CheckReport report) =>
    [
        .. report.LeakFindings.Concat(report.Findings.Where(IsOfCounts))
            .OrderBy(static finding => finding.Problem is CheckProblem.WrongMark)
            .ThenBy(static finding => finding.Where.Value),
    ];

    private static void WriteRepairing(ToolConsole console, IEnumerable<CheckFinding> findings)
    {
        foreach (CheckFinding finding in findings)
        {
            console.Error.WriteLine($"Repairing {finding.Message}");
        }
    }

    private static void WriteFinding(ToolConsole console, CheckFinding finding) => console.Error.WriteLine(
        $"{(finding.Problem is CheckProblem.Leak ? "Leaked" : "ERROR")} {finding.Message}");

    /// <summary>Writes the findings to the error stream, the counts to the output.</summary>
    public static void WriteHuman(ToolConsole console, ImageFormat format, CheckReport report)
    {
        foreach (CheckFinding finding in report.Findings.Where(static finding => !IsOfCounts(finding)))
        {
            WriteFinding(console, finding);
        }

        ulong unlisted = Unlisted(report.Errors, report.Findings) + Unlisted(report.Leaks, report.LeakFindings);
        if (unlisted > 0)
        {
            console.Error.WriteLine($"... and {unlisted} more");
        }

        TextWriter output = console.Out;
        if (report.IsClean)
        {
            output.WriteLine("No errors were found on the image.");
        }

        if (report.Errors > 0)
        {
            output.WriteLine();
            output.WriteLine($"{report.Errors} errors were found on the image.");
            output.WriteLine("Data may be corrupted, or further writes to the image may corrupt it.");
        }

        if (report.Leaks > 0)
        {
            output.WriteLine();
            output.WriteLine($"{report.Leaks} leaked clusters were found on the image.");
            output.WriteLine("This means waste of disk space, but no harm to data.");
        }

        if (report is { TotalClusters: > 0, AllocatedClusters: > 0 })
        {
            string allocated = Percent(report.AllocatedClusters, report.TotalClusters);
            string fragmented = Percent(report.FragmentedClusters, report.AllocatedClusters);
            string compressed = Percent(report.CompressedClusters, report.AllocatedClusters);
            output.WriteLine(
                $"{report.AllocatedClusters}/{report.TotalClusters} = {allocated} allocated, "
                + $"{fragmented} fragmented, {compressed} compressed clusters");
        }

        if (format.TellsImageEnd)
        {
            output.WriteLine($"Image end offset: {report.ImageEnd}");
        }
    }

    public static void WriteJson(TextWriter output, string path, ImageFormat format, RepairReport report) =>
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            WriteCount("image-end-offset", format.TellsImageEnd ? report.Left.ImageEnd : 0);
            WriteCount("compressed-clusters", report.Left.CompressedClusters);
            WriteCount("total-clusters", report.Left.TotalClusters);
            WriteCount("corruptions-fixed", report.ErrorsFixed);
            WriteCount("corruptions", report.Left.Errors);
            json.WriteNumber("check-errors", 0);
            WriteCount("leaks-fixed", report.LeaksFixed);
            WriteCount("leaks", report.Left.Leaks);
            WriteCount("allocated-clusters", report.Left.AllocatedClusters);
            json.WriteString("filename", path);
            json.WriteString("format", format.Name);
            WriteCount("fragmented-clusters", report.Left.FragmentedClusters);
            json.WriteEndObject();

            void WriteCount(string name, ulong count)
            {
                if (count > 0)
                {
                    json.WriteNumber(name, count);
                }
            }
        });

    private static ulong Unlisted(ulong count, IReadOnlyList<CheckFinding> listed) =>
        listed.Count == CheckReport.MaxFindings ? count - (ulong)listed.Count : 0;

    // Halves are rounded to even, as printf does.
    private static string Percent(ulong part, ulong whole) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Math.Round(part * 100m / whole, 2, MidpointRounding.ToEven):0.00}%");
}
