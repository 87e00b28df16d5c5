using System.Buffers.Binary;
using System.Text;

namespace BlockGen.Drivers.Qcow2;

/// <summary>A snapshot inside a qcow2 image.</summary>
/// <param name="Id">Its number, as text.</param>
/// <param name="Name">What it is called.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="VmClock">How long the machine had run.</param>
/// <param name="VmStateBytes">Bytes of the machine's memory that are kept with it.</param>
/// <param name="InstructionCount">Instructions the machine had run; null where they were not counted.</param>
public sealed record Qcow2Snapshot(
    string Id,
    string Name,
    DateTimeOffset TakenAt,
    TimeSpan VmClock,
    ulong VmStateBytes,
    ulong? InstructionCount);

/// <summary>The snapshot table of a qcow2 image ("Snapshots" of the specification).</summary>
public static class Qcow2SnapshotTable
{
    private const int CountOffset = 60;
    private const int PlaceBytes = 12;
    private const uint MostSnapshots = 65536;
    private const int SnapshotHeaderBytes = 40;
    private const uint MostExtraBytes = 1024;

    /// <summary>Its snapshots, in order.</summary>
    /// <param name="storage">The file of an image that has been opened: its header is known to be sound.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ImageException">The table is longer than the format allows, or ends past the file.</exception>
    public static async ValueTask<IReadOnlyList<Qcow2Snapshot>> ReadAsync(
        IStorage storage, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        byte[] place = await ReadBytesAsync(storage, new HostOffset(CountOffset), PlaceBytes, cancellation)
            .ConfigureAwait(false);
        uint count = BinaryPrimitives.ReadUInt32BigEndian(place);
        if (count > MostSnapshots)
        {
            throw new ImageException(
                $"{storage.Name}: at offset 0x{CountOffset:x}: the count of snapshots is {count}: "
                + $"the format allows {MostSnapshots} at most");
        }

        List<Qcow2Snapshot> snapshots = [];
        HostOffset at = new(BinaryPrimitives.ReadUInt64BigEndian(place.AsSpan(sizeof(uint))));
        for (uint read = 0; read < count; read++)
        {
            (Qcow2Snapshot snapshot, ulong bytes) =
                await ReadSnapshotAsync(storage, at, cancellation).ConfigureAwait(false);
            snapshots.Add(snapshot);
            at += bytes;
        }

        return snapshots;
    }

    private static async ValueTask<(Qcow2Snapshot Snapshot, ulong Bytes)> ReadSnapshotAsync(
        IStorage storage, HostOffset at, CancellationToken cancellation)
    {
        byte[] head = await ReadBytesAsync(storage, at, SnapshotHeaderBytes, cancellation).ConfigureAwait(false);
        int idBytes = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(12));
        int nameBytes = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(14));
        uint extraBytes = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(36));
        if (extraBytes > MostExtraBytes)
        {
            throw new ImageException(
                $"{storage.Name}: at offset 0x{at.Value + 36:x}: a snapshot's extra data has {extraBytes} bytes: "
                + $"the format allows {MostExtraBytes} at most");
        }

        byte[] rest = await ReadBytesAsync(
            storage, at + SnapshotHeaderBytes, (int)extraBytes + idBytes + nameBytes, cancellation)
            .ConfigureAwait(false);
        ReadOnlySpan<byte> extra = rest.AsSpan(0, (int)extraBytes);
        long nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(20));
        Qcow2Snapshot snapshot = new(
            Encoding.UTF8.GetString(rest.AsSpan((int)extraBytes, idBytes)),
            Encoding.UTF8.GetString(rest.AsSpan((int)extraBytes + idBytes, nameBytes)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(16)))
                .AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick),
            TimeSpan.FromTicks((long)(
                BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(24)) / (ulong)TimeSpan.NanosecondsPerTick)),
            extra.Length >= 8
                ? BinaryPrimitives.ReadUInt64BigEndian(extra)
                : BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(32)),
            extra.Length >= 24 ? BinaryPrimitives.ReadUInt64BigEndian(extra[16..]) : null);
        ulong bytes = (ulong)(SnapshotHeaderBytes + rest.Length);
        return (snapshot, (bytes + 7) / 8 * 8);
    }

    private static async ValueTask<byte[]> ReadBytesAsync(
        IStorage storage, HostOffset at, int bytes, CancellationToken cancellation)
    {
        if (at.Value > storage.Length || (ulong)bytes > storage.Length - at.Value)
        {
            throw new ImageException(
                $"{storage.Name}: at offset 0x{at.Value:x}: the snapshot table ends past the file's "
                + $"{storage.Length} bytes");
        }

        byte[] buffer = new byte[bytes];
        await storage.ReadAsync(at, buffer, cancellation).ConfigureAwait(false);
        return buffer;
    }
}
