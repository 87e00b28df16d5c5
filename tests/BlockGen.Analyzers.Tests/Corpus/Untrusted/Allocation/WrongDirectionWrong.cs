[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    public uint Count { get; init; }
    [InRange(Min = 1)] public uint Bytes { get; init; }
}

internal static class Loader
{
    private const uint MaxCount = 4096;

    public static ulong[] Table(Head header) =>
        header.Count < MaxCount ? throw new InvalidDataException() : new ulong[header.Count]; // expect: BG5001

    public static byte[] Rest(Head header) => new byte[header.Bytes]; // expect: BG5001

    public static List<ulong> Entries(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 16);
        return new List<ulong>(count); // expect: BG5001
    }
}
