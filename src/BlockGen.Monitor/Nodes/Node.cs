using System.Text.Json;

namespace BlockGen.Monitor;

/// <summary>A storage or an image that commands know by a name.</summary>
internal sealed class Node
{
    public required string Name { get; init; }

    /// <summary>The format, or the driver of the storage.</summary>
    public required string Driver { get; init; }

    /// <summary>How it was opened.</summary>
    public required JsonElement Options { get; init; }

    /// <summary>Made because another node needed it; it goes with the last one that does.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>The node whose storage holds the image; null for a storage.</summary>
    public Node? File { get; init; }

    /// <summary>Its bytes, of a storage; null for an image over another node.</summary>
    public IStorage? Storage { get; set; }

    /// <summary>Its disk; a storage's bytes as they are. The node is one of the image's owners.</summary>
    public required Image Image { get; set; }

    /// <summary>What exports use instead of the image; made when the first of them comes, or a job that follows them.</summary>
    public LiveImage? Live { get; private set; }

    /// <summary>The kind of job that uses it; null for none.</summary>
    public string? BusyWith { get; set; }

    /// <summary>Exports of it.</summary>
    public int ExportCount { get; set; }

    /// <summary>What is known to lie in it: the name of the file at the bottom.</summary>
    public string FileName => Image.Storage.Name;

    public bool IsReadOnly => Image.IsReadOnly;

    /// <summary>What guests use; the node is one of its owners.</summary>
    public LiveImage RequireLive() => Live ??= new LiveImage(Image);

    /// <summary>Leaves what guests use to those who use it: they have gone over to another node.</summary>
    public async ValueTask LeaveLiveAsync()
    {
        if (Live is { } live)
        {
            Live = null;
            await live.DisposeAsync().ConfigureAwait(false);
        }
    }
}
