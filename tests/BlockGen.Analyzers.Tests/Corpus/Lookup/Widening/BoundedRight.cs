[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct Head
{
    [Magic("HEAD")] public uint Magic { get; init; }
    [InRange(Min = 1, Max = 1 << 12)] public uint BlockCount { get; init; }
    [PowerOfTwo(Min = 512, Max = 4096)] public uint BlockBytes { get; init; }

    public ulong DiskBytes => BlockCount * BlockBytes;
}

internal static class Use
{
    public static ulong Early(uint index, uint bytes) => index * (ulong)bytes;

    public static ulong Checked(uint index, uint bytes) => checked(index * bytes);

    public static ulong Small(ushort index, byte bytes) => (ulong)(index * bytes);

    public static ulong Masked(uint index) => (index & 0xff) * 4096;

    public static ulong Wraps(uint hash) => unchecked(hash * 2654435761);

    public static ulong Least(uint index)
    {
        uint few = Math.Min(index, 1000);
        return few * 4096;
    }

    public static long Next(byte[] bytes, int at) => at + bytes.Length;

    public static GuestOffset Piece(byte[] piece, int index) => new((ulong)(index % 200 * piece.Length));

    public static uint Narrow(uint index, uint bytes) => index * bytes;
}
