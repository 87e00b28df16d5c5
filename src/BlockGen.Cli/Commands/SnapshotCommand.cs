using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen snapshot</c>: the snapshots that an image keeps inside itself.</summary>
internal sealed class SnapshotCommand : ToolCommand
{
    public const string Summary = "Makes, lists, applies and deletes snapshots inside an image";

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
        if (isList)
        {
            SnapshotOutput.WriteHuman(console.Out, await SnapshotOutput.ReadAsync(image, CancellationToken.None));
        }
        else if (line.Last(_create) is { } made)
        {
            await CreateAsync(image.Snapshots, made);
        }
        else if (line.Last(_apply) is { } applied)
        {
            await ApplyAsync(image.Snapshots, applied);
        }
        else if (line.Last(_delete) is { } deleted)
        {
            await DeleteAsync(image.Snapshots, deleted);
        }

        return ExitCode.Success;
    }

    private static async ValueTask CreateAsync(IImageSnapshots? snapshots, string name)
    {
        if (snapshots is null)
        {
            throw new ToolException($"Could not create snapshot '{name}': -95 (Operation not supported)");
        }

        try
        {
            await snapshots.CreateAsync(name, CancellationToken.None);
        }
        catch (CorruptImageException failure)
        {
            throw new ToolException($"Could not create snapshot '{name}': {failure.Message}");
        }
        catch (ImageException)
        {
            throw new ToolException($"Could not create snapshot '{name}': -22 (Invalid argument)");
        }
    }

    private static async ValueTask ApplyAsync(IImageSnapshots? snapshots, string name)
    {
        if (snapshots is null)
        {
            throw new ToolException($"Could not apply snapshot '{name}': Block driver does not support snapshots");
        }

        IReadOnlyList<ImageSnapshot> all = await snapshots.ListAsync(CancellationToken.None);
        ImageSnapshot meant = SnapshotName.IdOrName(name).FindIn(all)
            ?? throw new ToolException(
                $"Could not apply snapshot '{name}': Failed to load snapshot: No such file or directory");
        try
        {
            await snapshots.ApplyAsync(meant.Id, CancellationToken.None);
        }
        catch (ImageException failure)
        {
            throw new ToolException($"Could not apply snapshot '{name}': Failed to load snapshot: {failure.Message}");
        }
    }

    private static async ValueTask DeleteAsync(IImageSnapshots? snapshots, string name)
    {
        IReadOnlyList<ImageSnapshot> all = snapshots is null ? [] : await snapshots.ListAsync(CancellationToken.None);
        ImageSnapshot meant = new SnapshotName(null, name).FindIn(all)
            ?? throw new ToolException($"Could not delete snapshot '{name}': snapshot not found");
        try
        {
            await snapshots!.DeleteAsync(meant.Id, CancellationToken.None);
        }
        catch (ImageException failure)
        {
            throw new ToolException($"Could not delete snapshot '{name}': {failure.Message}");
        }
    }
}
