using BlockGen.Nbd;

namespace BlockGen.Cli;

/// <summary><c>blockgen nbd --list</c>: what a server offers, in qemu-nbd's words.</summary>
internal static class NbdExportList
{
    private static readonly (int Bit, string Name)[] FlagNames =
    [
        (1, "readonly"), (2, "flush"), (3, "fua"), (4, "rotational"), (5, "trim"), (6, "zeroes"), (7, "df"),
        (8, "multi"), (9, "resize"), (10, "cache"), (11, "fast-zero"),
    ];

    /// <summary>Connects and writes the list; failures are <see cref="IOException"/>.</summary>
    public static async ValueTask WriteAsync(
        NbdSyntax syntax, CommandArguments line, TextWriter output, CancellationToken cancellation)
    {
        if (line.Operands.Count > 0)
        {
            throw new ToolException("List mode is incompatible with a file name");
        }

        TlsCredentials? credentials = syntax.ReadCredentials(line);
        NbdAddress address = new(syntax.ReadEndPoint(line), "", credentials is not null);
        NbdStorageOptions options = new() { Credentials = credentials?.ForClient() };
        IReadOnlyList<NbdListedExport> exports = await NbdStorage.ListAsync(address, options, cancellation);
        output.WriteLine($"exports available: {exports.Count}");
        foreach (NbdListedExport export in exports)
        {
            Write(output, export);
        }
    }

    private static void Write(TextWriter output, NbdListedExport export)
    {
        output.WriteLine($" export: '{export.Name}'");
        if (export.Description.Length > 0)
        {
            output.WriteLine($"  description: {export.Description}");
        }

        if (export.Length is { } length)
        {
            string names = string.Concat(
                FlagNames.Where(flag => (export.Flags & (1 << flag.Bit)) != 0).Select(flag => $" {flag.Name}"));
            output.WriteLine($"  size:  {length}");
            output.WriteLine($"  flags: 0x{export.Flags:x} ({names} )");
        }

        if (export.BlockBytes is (uint least, uint preferred, uint most))
        {
            output.WriteLine($"  min block: {least}");
            output.WriteLine($"  opt block: {preferred}");
            output.WriteLine($"  max block: {most}");
        }

        if (export.Contexts.Count > 0)
        {
            output.WriteLine($"  available meta contexts: {export.Contexts.Count}");
            foreach (string context in export.Contexts)
            {
                output.WriteLine($"   {context}");
            }
        }
    }
}
