using System.Globalization;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image : IImageSnapshots
{
    /// <inheritdoc/>
    public override IImageSnapshots Snapshots => this;

    /// <inheritdoc/>
    async ValueTask<IReadOnlyList<ImageSnapshot>> IImageSnapshots.ListAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Qcow2Snapshot> snapshots = await LoadSnapshotsAsync(cancellation).ConfigureAwait(false);
        return [.. snapshots.Select(static snapshot => snapshot.Shown)];
    }

    /// <inheritdoc/>
    async ValueTask<ImageSnapshot> IImageSnapshots.CreateAsync(string name, CancellationToken cancellation)
    {
        Qcow2Snapshot? made = null;
        await ChangeRootsAsync(
            async held => made = await CreateAloneAsync(name, held).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);
        return made!.Shown;
    }

    /// <inheritdoc/>
    ValueTask IImageSnapshots.ApplyAsync(string id, CancellationToken cancellation) =>
        ChangeRootsAsync(held => ApplyAloneAsync(id, held), cancellation);

    /// <inheritdoc/>
    ValueTask IImageSnapshots.DeleteAsync(string id, CancellationToken cancellation) =>
        ChangeRootsAsync(held => DeleteAloneAsync(id, held), cancellation);

    private async ValueTask<Qcow2Snapshot> CreateAloneAsync(string name, CancellationToken cancellation)
    {
        IReadOnlyList<Qcow2Snapshot> others = await LoadSnapshotsAsync(cancellation).ConfigureAwait(false);
        HostOffset l1Table = new(_firstTable);
        byte[] entries = await ReadTableBytesAsync(l1Table, (int)L1TableBytes, cancellation).ConfigureAwait(false);
        Qcow2Snapshot made = Qcow2Snapshot.New(NextId(others), name, Header.L1EntryCount, Length);
        CheckRoom(made, [.. others, made]);
        List<ulong> uses = await FindUsesAsync(l1Table, Header.L1EntryCount, cancellation).ConfigureAwait(false);
        await _counts.RaiseAsync(uses, cancellation).ConfigureAwait(false);
        HostOffset copy = entries.Length == 0 ? default : await StoreNewAsync(entries, cancellation).ConfigureAwait(false);
        made = made with { Header = made.Header with { L1TableOffset = copy } };
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);

        // A write after this copies what it changes, whether or not the snapshot comes to be named.
        await MarkSharedAsync(l1Table, Header.L1EntryCount, cancellation).ConfigureAwait(false);
        await ReplaceSnapshotsAsync([.. others, made], cancellation).ConfigureAwait(false);
        return made;
    }

    private async ValueTask ApplyAloneAsync(string id, CancellationToken cancellation)
    {
        Qcow2Snapshot snapshot = await FindSnapshotAsync(id, cancellation).ConfigureAwait(false);
        if (_bitmaps.Count > 0)
        {
            throw new ImageException("Device has active dirty bitmaps");
        }

        HostRange kept = L1TableOf(snapshot);
        HostRange old = new(_firstTable, FirstTableBytes);
        ulong length = snapshot.DiskBytes == 0 ? Length : snapshot.DiskBytes;
        uint entryCount = Math.Max(
            Math.Max(Header.L1EntryCount, snapshot.Header.L1EntryCount), L1EntryCountFor(length, ClusterSize));
        byte[] entries = new byte[entryCount * (ulong)Qcow2L1Entry.Size];
        byte[] keptEntries = await ReadTableBytesAsync(kept.Start, (int)kept.Length, cancellation).ConfigureAwait(false);
        keptEntries.CopyTo(entries, 0);
        List<ulong> unused = await FindUsesAsync(old.Start, Header.L1EntryCount, cancellation).ConfigureAwait(false);
        List<ulong> uses = await FindUsesAsync(kept.Start, snapshot.Header.L1EntryCount, cancellation)
            .ConfigureAwait(false);
        await _counts.RaiseAsync(uses, cancellation).ConfigureAwait(false);
        HostOffset l1Table = await StoreNewAsync(entries, cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);

        // Nothing of the snapshot may be changed in place, wherever the power fails.
        await MarkSharedAsync(l1Table, entryCount, cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        await ChangeHeaderAsync(
            () => Header with { L1TableOffset = l1Table, L1EntryCount = entryCount, DiskSize = length }, cancellation)
            .ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        MoveFirstTable(new HostRange(l1Table, (ulong)entries.Length));
        SetDiskLength(length);
        await _counts.LowerAsync(unused, cancellation).ConfigureAwait(false);
        GiveBackSpace(old);
        await MarkSharedAsync(l1Table, entryCount, cancellation).ConfigureAwait(false);
    }

    private async ValueTask DeleteAloneAsync(string id, CancellationToken cancellation)
    {
        Qcow2Snapshot snapshot = await FindSnapshotAsync(id, cancellation).ConfigureAwait(false);
        HostRange l1Table = L1TableOf(snapshot);
        List<ulong> unused = await FindUsesAsync(l1Table.Start, snapshot.Header.L1EntryCount, cancellation)
            .ConfigureAwait(false);
        await ReplaceSnapshotsAsync([.. _snapshots!.Where(other => other != snapshot)], cancellation)
            .ConfigureAwait(false);
        await _counts.LowerAsync(unused, cancellation).ConfigureAwait(false);
        GiveBackSpace(l1Table);
        await MarkSharedAsync(new HostOffset(_firstTable), Header.L1EntryCount, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<Qcow2Snapshot> FindSnapshotAsync(string id, CancellationToken cancellation)
    {
        IReadOnlyList<Qcow2Snapshot> snapshots = await LoadSnapshotsAsync(cancellation).ConfigureAwait(false);
        return snapshots.FirstOrDefault(snapshot => snapshot.Id == id)
            ?? throw new SnapshotException($"{Storage.Name}: there is no snapshot with the ID '{id}'");
    }

    private static string NextId(IReadOnlyList<Qcow2Snapshot> others)
    {
        ulong highest = 0;
        foreach (Qcow2Snapshot other in others)
        {
            if (ulong.TryParse(other.Id, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            {
                highest = Math.Max(highest, number);
            }
        }

        return (highest + 1).ToString(CultureInfo.InvariantCulture);
    }

    private void CheckRoom(Qcow2Snapshot made, IReadOnlyList<Qcow2Snapshot> snapshots)
    {
        if (made.StoredName.Length > ushort.MaxValue)
        {
            throw new ImageException(
                $"{Storage.Name}: a snapshot's name has {made.StoredName.Length} bytes: {ushort.MaxValue} at most fit in");
        }

        if (snapshots.Count > MostSnapshots || SnapshotTableBytes(snapshots) > MostSnapshotTableBytes)
        {
            throw new ImageException(
                $"{Storage.Name}: no room for snapshot {snapshots.Count}: there can be {MostSnapshots}, "
                + $"in a table of {MostSnapshotTableBytes} bytes");
        }
    }

    /// <summary>Lets the tables of a snapshot be read instead of the disk's.</summary>
    private async ValueTask ShowSnapshotAsync(SnapshotName name, CancellationToken cancellation)
    {
        IReadOnlyList<Qcow2Snapshot> snapshots = await LoadSnapshotsAsync(cancellation).ConfigureAwait(false);
        ImageSnapshot meant = name.FindIn(snapshots.Select(static snapshot => snapshot.Shown))
            ?? throw new SnapshotException("Can't find snapshot");
        Qcow2Snapshot snapshot = snapshots.First(snapshot => snapshot.Id == meant.Id);
        ulong length = snapshot.DiskBytes == 0 ? Length : snapshot.DiskBytes;
        if (L1EntryCountFor(length, ClusterSize) > snapshot.Header.L1EntryCount)
        {
            throw new ImageException(
                $"{Storage.Name}: snapshot '{meant.Id}' has {snapshot.Header.L1EntryCount} L1 entries, "
                + $"too few for a disk of {length} bytes");
        }

        MoveFirstTable(L1TableOf(snapshot));
        SetDiskLength(length);
        _isSnapshot = true;
    }
}
