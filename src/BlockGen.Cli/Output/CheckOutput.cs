using System.Globalization;

namespace BlockGen.Cli;

/// <summary>The forms of <c>check</c>, as qemu-img prints them.</summary>
internal static class CheckOutput
{
    /// <summary>Writes what was repaired to the error stream, how much of it to the output.</summary>
    public static void WriteRepairs(ToolConsole console, RepairReport report)
    {
        if (report.ErrorsFixed == 0 && report.LeaksFixed == 0)
        {
            return;
        }

        foreach (CheckFinding finding in report.Found.Findings.Except(report.Left.Findings))
        {
            console.Error.WriteLine($"Repaired {finding.Message}");
        }

        TextWriter output = console.Out;
        output.WriteLine("The following inconsistencies were found and repaired:");
        output.WriteLine();
        output.WriteLine($"    {report.LeaksFixed} leaked clusters");
        output.WriteLine($"    {report.ErrorsFixed} corruptions");
        output.WriteLine();
        output.WriteLine("Double checking the fixed image now...");
    }

    /// <summary>Writes the findings to the error stream, the counts to the output.</summary>
    public static void WriteHuman(ToolConsole console, ImageFormat format, CheckReport report)
    {
        foreach (CheckFinding finding in report.Findings)
        {
            string kind = finding.Problem == CheckProblem.Leak ? "Leaked cluster" : "ERROR";
            console.Error.WriteLine($"{kind} {finding.Message}");
        }

        ulong findings = report.Errors + report.Leaks;
        if (findings > (ulong)report.Findings.Count && report.Findings.Count == CheckReport.MaxFindings)
        {
            console.Error.WriteLine($"... and {findings - (ulong)report.Findings.Count} more");
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

    // Halves are rounded to even, as printf does.
    private static string Percent(ulong part, ulong whole) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Math.Round(part * 100m / whole, 2, MidpointRounding.ToEven):0.00}%");
}
