using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

internal sealed partial class NodeGraph
{
    private static readonly string[] NodeMembers =
        ["driver", "node-name", "read-only", "file", "backing", "auto-read-only", "discard", "cache", "force-share",
            "detect-zeroes"];

    /// <summary>Opens a node and those below it; what was opened is closed again when that fails.</summary>
    private async ValueTask<Node> OpenAsync(
        JsonElement options, bool isReadOnly, bool isImplicit, CancellationToken cancellation)
    {
        string driver = options.GetProperty("driver").GetString()!;
        isReadOnly = new QmpArguments(options).Flag("read-only", isReadOnly);
        string name = NameFor(options);
        return storages.Drivers.Any(known => known.Name == driver)
            ? await OpenStorageAsync(driver, name, options, isReadOnly, isImplicit, cancellation).ConfigureAwait(false)
            : await OpenImageAsync(driver, name, options, isReadOnly, isImplicit, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<Node> OpenStorageAsync(
        string driver, string name, JsonElement options, bool isReadOnly, bool isImplicit,
        CancellationToken cancellation)
    {
        Dictionary<string, string> values = NodeValues.Flatten(options);
        values.Remove("node-name");
        values.Remove("read-only");
        IStorage storage = storages.Open(values, !isReadOnly);
        return await AddStorageAsync(driver, name, options, storage, isReadOnly, isImplicit, cancellation)
            .ConfigureAwait(false);
    }

    private async ValueTask<Node> AddStorageAsync(
        string driver, string name, JsonElement options, IStorage storage, bool isReadOnly, bool isImplicit,
        CancellationToken cancellation)
    {
        try
        {
            Image bytes = await formats.OpenAsync(
                new SharedStorage(storage), "raw", new OpenOptions { ReadOnly = isReadOnly }, cancellation)
                .ConfigureAwait(false);
            return Add(new Node
            {
                Name = name,
                Driver = driver,
                Options = options,
                IsImplicit = isImplicit,
                Storage = storage,
                Image = bytes,
            });
        }
        catch
        {
            await storage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<Node> OpenImageAsync(
        string driver, string name, JsonElement options, bool isReadOnly, bool isImplicit,
        CancellationToken cancellation)
    {
        Node file = await OpenFileAsync(options, isReadOnly, cancellation).ConfigureAwait(false);
        Image? image = null;
        try
        {
            RequireSharable(file, name, isReadOnly);
            image = await OpenOverAsync(file, driver, options, isReadOnly, cancellation).ConfigureAwait(false);
            image.AttachBacking(await OpenBackingAsync(image, options, cancellation).ConfigureAwait(false));
            return Add(new Node
            {
                Name = name,
                Driver = driver,
                Options = options,
                IsImplicit = isImplicit,
                File = file,
                Image = image,
            });
        }
        catch
        {
            if (image is not null)
            {
                await image.DisposeAsync().ConfigureAwait(false);
            }

            await SweepAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<Image> OpenOverAsync(
        Node file, string driver, JsonElement options, bool isReadOnly, CancellationToken cancellation)
    {
        IStorage storage = file.Storage
            ?? throw new QmpException($"A '{file.Driver}' image cannot stand under another node");
        if (storage.IsReadOnly && !isReadOnly)
        {
            throw new QmpException("Block node is read-only");
        }

        OpenOptions opening = new()
        {
            ReadOnly = isReadOnly,
            OpenBacking = false,
            DriverOptions = new OptionValues(NodeValues.Flatten(options, without: NodeMembers), storages.FindSecret),
        };
        return await formats.OpenAsync(new SharedStorage(storage), driver, opening, cancellation)
            .ConfigureAwait(false);
    }

    private async ValueTask<Node> OpenFileAsync(
        JsonElement options, bool isReadOnly, CancellationToken cancellation)
    {
        JsonElement file = options.GetProperty("file");
        return file.ValueKind is JsonValueKind.String
            ? Require(file.GetString()!)
            : await OpenAsync(file, isReadOnly, isImplicit: !file.TryGetProperty("node-name", out _), cancellation)
                .ConfigureAwait(false);
    }

    /// <summary>The backing image, with one more owner; null for none.</summary>
    private async ValueTask<Image?> OpenBackingAsync(
        Image image, JsonElement options, CancellationToken cancellation)
    {
        if (!options.TryGetProperty("backing", out JsonElement backing))
        {
            return image.BackingLink is { } link
                ? Own(await OpenLinkAsync(image, link, cancellation).ConfigureAwait(false))
                : null;
        }

        return backing.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String when backing.GetString() is "" => null,
            JsonValueKind.String => Own(Require(backing.GetString()!)),
            _ => Own(await OpenAsync(
                backing,
                isReadOnly: true,
                isImplicit: !backing.TryGetProperty("node-name", out _),
                cancellation).ConfigureAwait(false)),
        };
    }

    private async ValueTask<Node> OpenLinkAsync(Image overlay, BackingLink link, CancellationToken cancellation)
    {
        try
        {
            string path = storages.Resolve(overlay.Storage.Name, link.Name);
            IStorage storage = storages.OpenByName(path, isWritable: false);
            string fileName = NameFor(NodeValues.None);
            Node file = await AddStorageAsync(
                "file", fileName, NodeValues.OfFile(path), storage, isReadOnly: true, isImplicit: true, cancellation)
                .ConfigureAwait(false);
            string driver = link.Format
                ?? (await formats.ProbeAsync(storage, cancellation).ConfigureAwait(false)).Name;
            formats.Find(driver);
            JsonObject options = new() { ["driver"] = driver, ["file"] = fileName };
            return await OpenImageAsync(
                driver, NameFor(NodeValues.None), NodeValues.Freeze(options), isReadOnly: true, isImplicit: true,
                cancellation).ConfigureAwait(false);
        }
        catch (ImageException failure)
        {
            throw new ImageException($"Could not open backing file: {failure.Message}", failure);
        }
    }

    private Node Add(Node node)
    {
        // The newest comes first in lists, as in QEMU's.
        _nodes.Insert(0, node);
        return node;
    }

    private static Image Own(Node node)
    {
        node.Image.AddOwner();
        return node.Image;
    }

    /// <summary>Two images over one storage would overwrite each other's tables.</summary>
    private void RequireSharable(Node file, string name, bool isReadOnly)
    {
        Node? other = _nodes.Find(node => node.File == file && (!isReadOnly || !node.IsReadOnly));
        if (other is not null)
        {
            throw new QmpException(
                $"Permission conflict on node '{file.Name}': permissions 'write' are both required by node "
                + $"'{(other.IsReadOnly ? name : other.Name)}' (uses node '{file.Name}' as 'file' child) and unshared by "
                + $"node '{(other.IsReadOnly ? other.Name : name)}' (uses node '{file.Name}' as 'file' child).");
        }
    }
}
