using System.Net;
using BlockGen.Nbd;

namespace BlockGen.Cli;

/// <summary>What <c>blockgen nbd</c> is to serve, and how.</summary>
internal sealed record NbdPlan
{
    public required string Path { get; init; }

    public required ImageOpening Opening { get; init; }

    public required EndPoint EndPoint { get; init; }

    public required string ExportName { get; init; }

    public string? Description { get; init; }

    /// <summary>Byte of the disk that is the export's first.</summary>
    public ulong Offset { get; init; }

    /// <summary>Any number when 0.</summary>
    public int MostConnections { get; init; }

    public bool IsPersistent { get; init; }

    public bool IsVerbose { get; init; }

    public bool IsInBackground { get; init; }

    public bool IsReadOnly { get; init; }

    public bool HasAllocationDepth { get; init; }

    public bool Discards { get; init; }

    public bool DetectsZeroes { get; init; }

    public string? PidFile { get; init; }

    public TlsCredentials? Credentials { get; init; }

    public NbdServerOptions ServerOptions(ToolConsole console) => new()
    {
        EndPoint = EndPoint,
        MostConnections = MostConnections,
        Credentials = Credentials?.ForServer(),
        Report = IsVerbose ? console.Complain : null,
    };

    public NbdExport MakeExport(Image image)
    {
        if (Offset > image.Length)
        {
            throw new ToolException(
                $"Offset ({Offset}) cannot be greater than size of the containing file ({image.Length})");
        }

        return new NbdExport(ExportName, image, Offset)
        {
            Description = Description,
            IsWritable = !IsReadOnly && !image.IsReadOnly,
            Discards = Discards,
            DetectsZeroes = DetectsZeroes,
            FlushesChanges = Opening.Cache.FlushesWrites,
            AllowsManyConnections = MostConnections != 1 || IsReadOnly,
            HasAllocationDepth = HasAllocationDepth,
        };
    }
}
