using System.Buffers.Binary;
using System.Text;

namespace BlockGen.Drivers.Qcow2;

/// <summary>What precedes the extra data, the number and the name of a snapshot ("Snapshots" of the specification).</summary>
[DiskStruct(ByteOrder.Big, Size = 40)]
internal readonly partial record struct Qcow2SnapshotHeader
{
    /// <summary>Where its L1 table starts.</summary>
    public HostOffset L1TableOffset { get; init; }

    /// <summary>Entries of its L1 table.</summary>
    [InRange(Max = 32 << 20 >> 3)]
    public uint L1EntryCount { get; init; }

    /// <summary>Bytes of its number.</summary>
    public ushort IdBytes { get; init; }

    /// <summary>Bytes of its name.</summary>
    public ushort NameBytes { get; init; }

    /// <summary>When it was taken, in seconds since 1970.</summary>
    public uint Seconds { get; init; }

    /// <summary>Nanoseconds after that.</summary>
    public uint Nanoseconds { get; init; }

    /// <summary>How long the machine had run, in nanoseconds.</summary>
    public ulong VmClockNanoseconds { get; init; }

    /// <summary>Bytes of the machine's memory, where the extra data do not tell.</summary>
    public uint VmStateBytes { get; init; }

    /// <summary>Bytes of the extra data.</summary>
    [InRange(Max = 1024)]
    public uint ExtraBytes { get; init; }
}

/// <summary>An entry of the snapshot table, with its number and its name as they are stored: they may be no text.</summary>
internal sealed record Qcow2Snapshot(Qcow2SnapshotHeader Header, byte[] Extra, byte[] StoredId, byte[] StoredName)
{
    private const int KnownExtraBytes = 24;
    private const long NanosecondsPerTick = 100;

    /// <summary>Its number, as text.</summary>
    public string Id => Encoding.UTF8.GetString(StoredId);

    /// <summary>Bytes of it in the table, with padding.</summary>
    public ulong TableBytes =>
        (ulong)(Qcow2SnapshotHeader.Size + Extra.Length + StoredId.Length + StoredName.Length + 7) / 8 * 8;

    /// <summary>Bytes of the guest's disk at that time; 0 where nothing tells.</summary>
    public ulong DiskBytes => Extra.Length >= 16 ? BinaryPrimitives.ReadUInt64BigEndian(Extra.AsSpan(8)) : 0;

    /// <summary>What users see of it.</summary>
    public ImageSnapshot Shown => new(Id, Encoding.UTF8.GetString(StoredName))
    {
        TakenAt = DateTimeOffset.FromUnixTimeSeconds(Header.Seconds).AddTicks(Header.Nanoseconds / NanosecondsPerTick),
        VmClock = TimeSpan.FromTicks((long)(Header.VmClockNanoseconds / NanosecondsPerTick)),
        VmStateBytes = Extra.Length >= 8 ? BinaryPrimitives.ReadUInt64BigEndian(Extra) : Header.VmStateBytes,
        DiskBytes = DiskBytes,
        InstructionCount = Extra.Length >= KnownExtraBytes
            ? BinaryPrimitives.ReadUInt64BigEndian(Extra.AsSpan(16))
            : null,
    };

    /// <summary>A snapshot that is taken now, without a machine; its L1 table has no place yet.</summary>
    public static Qcow2Snapshot New(string id, string name, uint l1EntryCount, ulong diskBytes)
    {
        byte[] extra = new byte[KnownExtraBytes];
        BinaryPrimitives.WriteUInt64BigEndian(extra.AsSpan(8), diskBytes);
        TimeSpan since1970 = DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch;
        return new Qcow2Snapshot(
            new Qcow2SnapshotHeader
            {
                L1EntryCount = l1EntryCount,
                Seconds = (uint)since1970.TotalSeconds,
                Nanoseconds = (uint)(since1970.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick),
            },
            extra,
            Encoding.UTF8.GetBytes(id),
            Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Its bytes in the table, with padding.</summary>
    public byte[] ToBytes()
    {
        Qcow2SnapshotHeader header = Header with
        {
            IdBytes = checked((ushort)StoredId.Length),
            NameBytes = checked((ushort)StoredName.Length),
            ExtraBytes = (uint)Extra.Length,
        };
        byte[] bytes = new byte[TableBytes];
        header.Write(bytes);
        byte[] rest = [.. Extra, .. StoredId, .. StoredName];
        rest.CopyTo(bytes, Qcow2SnapshotHeader.Size);
        return bytes;
    }
}
