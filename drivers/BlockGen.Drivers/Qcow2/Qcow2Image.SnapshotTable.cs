namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    private const uint MostSnapshots = 65536;
    private const ulong MostSnapshotTableBytes = 1024 * MostSnapshots;

    private IReadOnlyList<Qcow2Snapshot>? _snapshots; // as on disk; replaced while the roots are changed

    private HostRange SnapshotTable => SnapshotTableOf(_snapshots ?? []);

    /// <summary>Where these snapshots are listed; the file may end before the padding of the last one.</summary>
    private HostRange SnapshotTableOf(IEnumerable<Qcow2Snapshot> snapshots)
    {
        ulong start = Header.SnapshotsOffset.Value;
        return new HostRange(start, Math.Min(SnapshotTableBytes(snapshots), Storage.Length - Math.Min(Storage.Length, start)));
    }

    private static ulong SnapshotTableBytes(IEnumerable<Qcow2Snapshot> snapshots) =>
        snapshots.Aggregate(0UL, static (sum, snapshot) => sum + snapshot.TableBytes);

    private async ValueTask<IReadOnlyList<Qcow2Snapshot>> LoadSnapshotsAsync(CancellationToken cancellation)
    {
        if (_snapshots is { } loaded)
        {
            return loaded;
        }

        if (Header.SnapshotCount > MostSnapshots)
        {
            throw FieldFault(
                60, nameof(Header.SnapshotCount), Header.SnapshotCount, $"is more than the {MostSnapshots} there can be");
        }

        List<Qcow2Snapshot> snapshots = [];
        HostOffset at = Header.SnapshotsOffset;
        while (snapshots.Count < Header.SnapshotCount)
        {
            (Qcow2Snapshot snapshot, at) = await ReadSnapshotAsync(at, cancellation).ConfigureAwait(false);
            snapshots.Add(snapshot);
            RequireOwnPlace("snapshot's L1 table", Header.SnapshotsOffset.Value, L1TableOf(snapshot));
        }

        RequireOwnPlace("snapshot table", Header.SnapshotsOffset.Value, SnapshotTableOf(snapshots));
        return _snapshots = snapshots;
    }

    private async ValueTask<(Qcow2Snapshot Snapshot, HostOffset End)> ReadSnapshotAsync(
        HostOffset at, CancellationToken cancellation)
    {
        byte[] head = await ReadTableBytesAsync(at, Qcow2SnapshotHeader.Size, cancellation).ConfigureAwait(false);
        Qcow2SnapshotHeader header = Qcow2SnapshotHeader.Read(head);
        if (header.Validate() is { } fault)
        {
            throw new CorruptImageException(Storage.Name, at.Value + (ulong)fault.Offset, fault);
        }

        HostOffset extraAt = at + (ulong)head.Length;
        HostOffset idAt = extraAt + header.ExtraBytes;
        HostOffset nameAt = idAt + header.IdBytes;
        byte[] extra = await ReadTableBytesAsync(extraAt, (int)header.ExtraBytes, cancellation).ConfigureAwait(false);
        byte[] id = await ReadTableBytesAsync(idAt, header.IdBytes, cancellation).ConfigureAwait(false);
        byte[] name = await ReadTableBytesAsync(nameAt, header.NameBytes, cancellation).ConfigureAwait(false);
        Qcow2Snapshot snapshot = new(header, extra, id, name);
        return (snapshot, at + snapshot.TableBytes);
    }

    /// <summary>What is changed in place, the header and the L1 table, must not change a snapshot or a bitmap.</summary>
    private void RequireOwnPlace(string what, ulong at, HostRange place)
    {
        if (place.Length > 0 && !IsTable(place.Start.Value, place.Length))
        {
            throw EntryFault(what, at, 0, Qcow2SnapshotHeader.Size, place.Start.Value);
        }
    }

    private async ValueTask<byte[]> ReadTableBytesAsync(HostOffset at, int length, CancellationToken cancellation)
    {
        if (at.Value > Storage.Length || (ulong)length > Storage.Length - at.Value)
        {
            throw new CorruptImageException(Storage.Name, at.Value, new LayoutFault(
                0, "snapshot table", $"0x{at.Value:x}", $"ends past the file's {Storage.Length} bytes"));
        }

        byte[] bytes = new byte[length];
        await Storage.ReadAsync(at, bytes, cancellation).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Puts another table beside the one there is, durably; then the header names it.</summary>
    private async ValueTask ReplaceSnapshotsAsync(IReadOnlyList<Qcow2Snapshot> snapshots, CancellationToken cancellation)
    {
        HostRange old = SnapshotTable;
        HostOffset place = new(0);
        if (snapshots.Count > 0)
        {
            byte[] bytes = [.. snapshots.SelectMany(static snapshot => snapshot.ToBytes())];
            place = await StoreNewAsync(bytes, cancellation).ConfigureAwait(false);
        }

        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        await ChangeHeaderAsync(
            () => Header with { SnapshotCount = (uint)snapshots.Count, SnapshotsOffset = place },
            cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        _snapshots = snapshots;
        if (old.Length > 0)
        {
            GiveBackSpace(old);
        }
    }

    /// <summary>Stores bytes in space of their own, which is counted.</summary>
    private async ValueTask<HostOffset> StoreNewAsync(byte[] bytes, CancellationToken cancellation)
    {
        HostOffset place = TakeSpace((ulong)bytes.Length);
        await RaiseCountsAsync(cancellation).ConfigureAwait(false);
        await Storage.WriteAsync(place, bytes, cancellation).ConfigureAwait(false);
        return place;
    }

    /// <inheritdoc/>
    protected override async ValueTask VisitSnapshotsAsync(MappingVisitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (_encryptionHeader.Length > 0)
        {
            visitor.Table("encryption header", 0, Header.ExtensionsOffset, _encryptionHeader.Start.Value, _encryptionHeader.Length);
        }

        await VisitBitmapsAsync(visitor, cancellation).ConfigureAwait(false);
        IReadOnlyList<Qcow2Snapshot> snapshots = await LoadSnapshotsAsync(cancellation).ConfigureAwait(false);
        if (snapshots.Count == 0)
        {
            return;
        }

        HostRange table = SnapshotTable;
        visitor.Table("snapshot table", 0, 64, table.Start.Value, table.Length);
        ulong at = table.Start.Value;
        for (int i = 0; i < snapshots.Count; i++)
        {
            HostRange l1 = L1TableOf(snapshots[i]);
            if (l1.Length > 0 && visitor.Table("snapshot", (ulong)i, at, l1.Start.Value, l1.Length))
            {
                await VisitTablesAsync(visitor, l1.Start.Value, snapshots[i].Header.L1EntryCount, cancellation)
                    .ConfigureAwait(false);
            }

            at += snapshots[i].TableBytes;
        }
    }

    private static HostRange L1TableOf(Qcow2Snapshot snapshot) =>
        new(snapshot.Header.L1TableOffset, snapshot.Header.L1EntryCount * (ulong)Qcow2L1Entry.Size);
}
