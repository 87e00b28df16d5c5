namespace BlockGen.Monitor;

internal sealed partial class NodeGraph
{
    /// <summary>
    /// Opens a node and its file again, read-only or not. When that fails, it is as it was before. No job uses it.
    /// </summary>
    public async ValueTask ReopenAsync(Node node, bool isReadOnly, CancellationToken cancellation)
    {
        bool wasReadOnly = node.IsReadOnly;
        List<IDisposable> pauses = [];
        try
        {
            foreach (LiveImage live in _nodes.Select(other => other.Live).OfType<LiveImage>())
            {
                pauses.Add(await live.PauseAsync(cancellation).ConfigureAwait(false));
            }

            await CloseAndOpenAsync(node, isReadOnly, wasReadOnly, cancellation).ConfigureAwait(false);
        }
        finally
        {
            pauses.ForEach(pause => pause.Dispose());
        }
    }

    private async ValueTask CloseAndOpenAsync(
        Node node, bool isReadOnly, bool wasReadOnly, CancellationToken cancellation)
    {
        Image old = node.Image;
        Node[] overlays = [.. _nodes.Where(other => other.Image.Backing == old)];
        Image? backing = old.Backing;
        backing?.AddOwner();

        // The file's locks tell a reader from a writer: the one must have left before the other comes.
        foreach (Node overlay in overlays)
        {
            overlay.Image.AttachBacking(null);
            await old.DisposeAsync().ConfigureAwait(false);
        }

        if (node.Live is not null)
        {
            await old.DisposeAsync().ConfigureAwait(false);
        }

        await old.DisposeAsync().ConfigureAwait(false);
        try
        {
            await OpenAgainAsync(node, isReadOnly, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (QmpException.IsFailure(failure))
        {
            await OpenAgainAsync(node, wasReadOnly, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            node.Image.AttachBacking(backing);
            foreach (Node overlay in overlays)
            {
                overlay.Image.AttachBacking(Own(node));
            }

            node.Live?.Replace(node.Image);
        }
    }

    private async ValueTask OpenAgainAsync(Node node, bool isReadOnly, CancellationToken cancellation)
    {
        if (node.File is not { } file)
        {
            await OpenStorageAgainAsync(node, isReadOnly, cancellation).ConfigureAwait(false);
            return;
        }

        if (file.IsImplicit && file.IsReadOnly != isReadOnly)
        {
            await file.Image.DisposeAsync().ConfigureAwait(false);
            await OpenStorageAgainAsync(file, isReadOnly, cancellation).ConfigureAwait(false);
        }

        node.Image = await OpenOverAsync(file, node.Driver, node.Options, isReadOnly, cancellation)
            .ConfigureAwait(false);
    }

    private async ValueTask OpenStorageAgainAsync(Node node, bool isReadOnly, CancellationToken cancellation)
    {
        bool wasReadOnly = node.IsReadOnly;
        await node.Storage!.DisposeAsync().ConfigureAwait(false);
        try
        {
            await OpenStorageAsync(node, isReadOnly, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (QmpException.IsFailure(failure))
        {
            await OpenStorageAsync(node, wasReadOnly, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask OpenStorageAsync(Node node, bool isReadOnly, CancellationToken cancellation)
    {
        Dictionary<string, string> values = NodeValues.Flatten(node.Options);
        values.Remove("node-name");
        values.Remove("read-only");
        node.Storage = storages.Open(values, !isReadOnly);
        node.Image = await formats.OpenAsync(
            new SharedStorage(node.Storage), "raw", new OpenOptions { ReadOnly = isReadOnly }, cancellation)
            .ConfigureAwait(false);
    }
}
