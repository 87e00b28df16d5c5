using System.Net;
using System.Text.Json.Nodes;
using BlockGen.Nbd;

namespace BlockGen.Monitor;

/// <summary>The NBD server and what it offers. Changed by whoever has the <see cref="Turn"/>.</summary>
internal sealed class ExportList(StorageDaemon daemon) : IAsyncDisposable
{
    private readonly List<Export> _exports = [];
    private NbdServer? _server;

    public static QmpEvent Deleted { get; } = new(
        "BLOCK_EXPORT_DELETED", new QmpObject("BlockExportDeleted", new QmpMember("id", Qmp.Text)));

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Export> Exports => _exports;

    public void StartServer(EndPoint endPoint, int mostConnections, NbdCredentials? credentials)
    {
        if (_server is not null)
        {
            throw new QmpException("NBD server already running");
        }

        _server = NbdServer.Start(new NbdServerOptions
        {
            EndPoint = endPoint,
            MostConnections = mostConnections,
            Credentials = credentials,
        });
    }

    public void RequireServer()
    {
        if (_server is null)
        {
            throw new QmpException("NBD server not running");
        }
    }

    public void RequireUnused(string id)
    {
        if (!Identifier.IsSound(id))
        {
            throw new QmpException($"Invalid block export id '{id}'");
        }

        if (_exports.Exists(export => export.Id == id))
        {
            throw new QmpException($"Block export id '{id}' is already in use");
        }
    }

    public void Add(Export export)
    {
        RequireServer();
        _server!.Add(export.Nbd);
        export.Nbd.Image.AddOwner();
        export.Node.ExportCount++;
        _exports.Insert(0, export);
    }

    /// <summary>Takes an export away; its clients' last requests are waited for in the background.</summary>
    public async ValueTask RemoveAsync(string id, NbdRemoval removal)
    {
        Export export = _exports.Find(candidate => candidate.Id == id)
            ?? throw new QmpException($"Export '{id}' is not found");
        Task leaving = _server!.RemoveAsync(export.Nbd.Name, removal, CancellationToken.None).AsTask();
        export.IsShuttingDown = true;
        if (leaving.IsCompleted)
        {
            await leaving.ConfigureAwait(false);
            await ForgetAsync(export).ConfigureAwait(false);
            return;
        }

        _ = ForgetLaterAsync(export, leaving);
    }

    /// <summary>The exports of one node are those of another one from now on.</summary>
    public void Move(Node from, Node to)
    {
        foreach (Export export in _exports.Where(export => export.Node == from))
        {
            from.ExportCount--;
            to.ExportCount++;
            export.Node = to;
        }
    }

    /// <summary>Takes all exports away and the server down, finishing the requests in flight.</summary>
    public async ValueTask StopServerAsync()
    {
        RequireServer();
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
        {
            return;
        }

        await _server.DisposeAsync().ConfigureAwait(false);
        _server = null;
        foreach (Export export in _exports.AsEnumerable().Reverse().ToArray())
        {
            await ForgetAsync(export).ConfigureAwait(false);
        }
    }

    private async Task ForgetLaterAsync(Export export, Task leaving)
    {
        await leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using (await daemon.Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await ForgetAsync(export).ConfigureAwait(false);
        }
    }

    private async ValueTask ForgetAsync(Export export)
    {
        if (!_exports.Remove(export))
        {
            return;
        }

        export.Node.ExportCount--;
        try
        {
            await export.Nbd.Image.DisposeAsync().ConfigureAwait(false);
            await daemon.Graph.SweepAsync().ConfigureAwait(false);
        }
        finally
        {
            daemon.Events.Send(Deleted, new JsonObject { ["id"] = export.Id });
        }
    }
}
