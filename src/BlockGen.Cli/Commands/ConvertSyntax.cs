using System.CommandLine;

namespace BlockGen.Cli;

/// <summary>The options of <c>convert</c>.</summary>
internal sealed class ConvertSyntax
{
    public ConvertSyntax(CommandSyntax syntax)
    {
        Format = syntax.Format();
        TargetFormat = syntax.Value("-O", "fmt", "Format of the output; raw when not given");
        Options = syntax.Value("-o", "name=value,...", "Options of the output's format; 'help' lists them");
        Backing = syntax.Value("-B", "backing_file", "Makes the output an overlay on this image");
        BackingFormat = syntax.Value("-F", "backing_fmt", "Format of the output's backing file");
        TargetExists = syntax.Flag("-n", "Writes into an image that exists");
        TargetIsZero = syntax.Flag("--target-is-zero", "The existing image reads as zeroes everywhere");
        Progress = syntax.ShowProgress();
        Quiet = syntax.Quiet();
        SparseBytes = syntax.Value("-S", "size", "Shortest run of zeroes that is left out; 0 writes everything");
        Copies = syntax.Value("-m", "count", "Copies in flight, 1 to 16");
        OutOfOrder = syntax.Flag("-W", "Lets copies finish in any order; they always may");
        Offload = syntax.Flag("-C", "Lets the file system copy where it can");
        Compress = syntax.Flag("-c", "Compresses what it writes");
        SourceCache = syntax.Value("-T", "cache", "Cache mode of the source");
        TargetCache = syntax.Value("-t", "cache", "Cache mode of the output; unsafe when not given");
        Rate = syntax.Value("-r", "rate", "Bytes a second at most");
        Salvage = syntax.Flag("--salvage", "Takes zeroes for what cannot be read, and tells of it");
        Snapshot = syntax.Value("-l", "snapshot", "Copies a snapshot: snapshot.id=ID,snapshot.name=NAME, or either of them");
        ForceShare = syntax.ForceShare();
        syntax.AcceptObjects();
        TargetImageOptions = syntax.Flag("--target-image-opts", "The output's name is a list of options, with -n");
        Bitmaps = syntax.Flag("--bitmaps", "Takes the bitmaps of the source along");
        SkipBrokenBitmaps = syntax.Flag("--skip-broken-bitmaps", "Leaves inconsistent bitmaps out");
    }

    public Option Format { get; }

    public Option TargetFormat { get; }

    public Option Options { get; }

    public Option Backing { get; }

    public Option BackingFormat { get; }

    public Option TargetExists { get; }

    public Option TargetIsZero { get; }

    public Option Progress { get; }

    public Option Quiet { get; }

    public Option SparseBytes { get; }

    public Option Copies { get; }

    public Option OutOfOrder { get; }

    public Option Offload { get; }

    public Option Compress { get; }

    public Option SourceCache { get; }

    public Option TargetCache { get; }

    public Option Rate { get; }

    public Option Salvage { get; }

    public Option Bitmaps { get; }

    public Option SkipBrokenBitmaps { get; }

    public Option Snapshot { get; }

    public Option ForceShare { get; }

    public Option TargetImageOptions { get; }
}
