[DiskStruct(ByteOrder.Big)]
public readonly partial record struct Head
{
    [InRange(Max = 1 << 20)] public uint Tracks { get; init; }
    [AtMost(nameof(Tracks))] public uint Heads { get; init; }
}

internal static class Geometry
{
    public static uint Row(Head header, uint at) => at / header.Tracks; // expect: BG5009

    public static uint Column(Head header, uint at) => at % header.Heads; // expect: BG5009

    public static ulong Rounded(BinaryReader reader, ulong at)
    {
        uint unit = reader.ReadUInt32();
        if (unit >= 0)
        {
            return (at + 511) / unit; // expect: BG5009
        }

        return at;
    }

    public static (ulong, ulong) Both(BinaryReader reader, ulong at) =>
        Math.DivRem(at, reader.ReadUInt64()); // expect: BG5009
}
