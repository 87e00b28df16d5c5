using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen snapshot</c>: the snapshots that an image keeps inside itself.</summary>
internal sealed class SnapshotCommand : ToolCommand
{
    public const string Summary = "Lists the snapshots inside an image; makes, applies and deletes none";

    private readonly Option _list;
    private readonly Option _apply;
    private readonly Option _create;
    private readonly Option _delete;
    private readonly Option _forceShare;

    public SnapshotCommand()
        : base("snapshot", Summary, "filename")
    {
        _list = Syntax.Flag("-l", "Lists them");
        _apply = Syntax.Value("-a", "snapshot", "Puts the disk back to a snapshot");
        _create = Syntax.Value("-c", "snapshot", "Makes a snapshot");
        _delete = Syntax.Value("-d", "snapshot", "Deletes a snapshot");
        Syntax.Quiet();
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        Option[] given = [.. new[] { _list, _apply, _create, _delete }.Where(line.Has)];
        if (given.Length > 1)
        {
            throw ToolException.Usage("Cannot mix '-l', '-a', '-c', '-d'");
        }

        string path = line.OnlyOperand();
        bool isList = line.Has(_list);
        ImageOpening opening = line.Opening with
        {
            IsWritable = !isList,
            IgnoresLocks = line.Has(_forceShare),
        };
        await using Image image = await ImageFiles.OpenAsync(path, opening, CancellationToken.None);
        GuessedRaw.Warn(console, path, opening, image);
        if (given.Length > 0 && !isList)
        {
            throw Refuse(line);
        }

        if (isList)
        {
            SnapshotOutput.WriteHuman(console.Out, await SnapshotOutput.ReadAsync(image, CancellationToken.None));
        }

        return ExitCode.Success;
    }

    // No format that can be written to has snapshots.
    private ToolException Refuse(CommandArguments line) => new(
        line.Last(_create) is { } made ? $"Could not create snapshot '{made}': -95 (Operation not supported)"
        : line.Last(_apply) is { } applied
            ? $"Could not apply snapshot '{applied}': Block driver does not support snapshots"
        : $"Could not delete snapshot '{line.Last(_delete)}': snapshot not found");
}
