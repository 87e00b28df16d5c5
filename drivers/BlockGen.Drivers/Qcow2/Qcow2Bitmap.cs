using System.Text;

namespace BlockGen.Drivers.Qcow2;

/// <summary>The data of the header's extension that says where bitmaps are listed ("Bitmaps extension").</summary>
[DiskStruct(ByteOrder.Big, Size = 24)]
internal readonly partial record struct Qcow2BitmapList
{
    /// <summary>Bitmaps in the directory.</summary>
    [InRange(Min = 1, Max = 65535)]
    public uint BitmapCount { get; init; }

    /// <summary>Bytes of the directory.</summary>
    [ReservedBefore(4), InRange(Min = 1, Max = 65535 * 1024)]
    public ulong DirectoryBytes { get; init; }

    /// <summary>Where the directory starts.</summary>
    [AtMost(nameof(MaxHostOffset))]
    public HostOffset DirectoryOffset { get; init; }

    private ulong MaxHostOffset => 1UL << 56;
}

/// <summary>What precedes the extra data and the name of a bitmap in the directory ("Bitmap directory").</summary>
[DiskStruct(ByteOrder.Big, Size = 24)]
internal readonly partial record struct Qcow2BitmapEntry
{
    /// <summary>Where its table starts.</summary>
    [AtMost(nameof(MaxHostOffset))]
    public HostOffset TableOffset { get; init; }

    /// <summary>Entries of its table.</summary>
    [InRange(Max = 1 << 24)]
    public uint TableEntryCount { get; init; }

    /// <summary>What its state is.</summary>
    public Qcow2BitmapFlags Flags { get; init; }

    /// <summary>Its kind: 1, of what was written.</summary>
    public byte Type { get; init; }

    /// <summary>Base-2 logarithm of the bytes that one bit stands for.</summary>
    [InRange(Max = 63)]
    public byte GranularityBits { get; init; }

    /// <summary>Bytes of its name.</summary>
    public ushort NameBytes { get; init; }

    /// <summary>Bytes of its extra data.</summary>
    public uint ExtraBytes { get; init; }

    private ulong MaxHostOffset => 1UL << 56;

    internal ulong TableBytes => TableEntryCount * (ulong)sizeof(ulong);
}

/// <summary>Bits of <see cref="Qcow2BitmapEntry.Flags"/>.</summary>
[Flags]
internal enum Qcow2BitmapFlags : uint
{
    /// <summary>It is stored, and does not record.</summary>
    None = 0,

    /// <summary>Its last user did not store it.</summary>
    InUse = 1 << 0,

    /// <summary>It records.</summary>
    Auto = 1 << 1,

    /// <summary>It may be used by who does not know its extra data.</summary>
    ExtraDataCompatible = 1 << 2,
}

/// <summary>An entry of the bitmap directory.</summary>
internal sealed record Qcow2Bitmap(Qcow2BitmapEntry Entry, byte[] Extra, byte[] StoredName)
{
    private const int LeastGranularityBits = 9;
    private const int MostGranularityBits = 31;
    private const Qcow2BitmapFlags KnownFlags =
        Qcow2BitmapFlags.InUse | Qcow2BitmapFlags.Auto | Qcow2BitmapFlags.ExtraDataCompatible;

    /// <summary>Its name, as text.</summary>
    public string Name => Encoding.UTF8.GetString(StoredName);

    /// <summary>Bytes of it in the directory, with padding.</summary>
    public int DirectoryBytes => (Qcow2BitmapEntry.Size + Extra.Length + StoredName.Length + 7) / 8 * 8;

    public ulong GranularityBytes => 1UL << Entry.GranularityBits;

    public bool IsInconsistent => Entry.Flags.HasFlag(Qcow2BitmapFlags.InUse);

    public bool IsRecording => Entry.Flags.HasFlag(Qcow2BitmapFlags.Auto);

    /// <summary>Whether it is of a kind that can be shown and changed; others are kept as they are.</summary>
    public bool IsKnown => Entry.Type == 1
        && Entry.GranularityBits is >= LeastGranularityBits and <= MostGranularityBits
        && (Entry.Flags & ~KnownFlags) == 0
        && (Extra.Length == 0 || Entry.Flags.HasFlag(Qcow2BitmapFlags.ExtraDataCompatible));

    /// <summary>What users see of it.</summary>
    public ImageBitmap Shown => new(Name, GranularityBytes, IsRecording, IsInconsistent);

    /// <summary>What tools tell of it.</summary>
    public IReadOnlyList<FormatDetail> Details
    {
        get
        {
            (bool IsSet, string Name)[] flags = [(IsInconsistent, "in-use"), (IsRecording, "auto")];
            return
            [
                FormatDetail.OfTexts("flags", [.. flags.Where(flag => flag.IsSet).Select(flag => flag.Name)]),
                FormatDetail.Of("name", Name),
                FormatDetail.Of("granularity", GranularityBytes),
            ];
        }
    }

    /// <summary>Whether a granularity is one that it can have.</summary>
    public static bool IsGranularity(ulong bytes) =>
        ulong.IsPow2(bytes) && ulong.Log2(bytes) is >= LeastGranularityBits and <= MostGranularityBits;

    /// <summary>The entry at the beginning of bytes; null where they end before it does.</summary>
    public static Qcow2Bitmap? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Qcow2BitmapEntry.Size)
        {
            return null;
        }

        Qcow2BitmapEntry entry = Qcow2BitmapEntry.Read(bytes);
        ReadOnlySpan<byte> rest = bytes[Qcow2BitmapEntry.Size..];
        if (entry.ExtraBytes > rest.Length || entry.NameBytes > rest.Length - (int)entry.ExtraBytes)
        {
            return null;
        }

        int extraBytes = (int)entry.ExtraBytes;
        return new Qcow2Bitmap(
            entry, rest[..extraBytes].ToArray(), rest.Slice(extraBytes, entry.NameBytes).ToArray());
    }

    /// <summary>Its bytes in the directory, with padding.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[DirectoryBytes];
        Entry.Write(bytes);
        Extra.CopyTo(bytes, Qcow2BitmapEntry.Size);
        StoredName.CopyTo(bytes, Qcow2BitmapEntry.Size + Extra.Length);
        return bytes;
    }
}
