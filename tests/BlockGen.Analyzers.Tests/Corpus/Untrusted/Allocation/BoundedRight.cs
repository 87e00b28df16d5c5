internal static class Loader
{
    private const int Max = 1 << 16;

    public static byte[] Clamped(BinaryReader reader) => new byte[Math.Clamp(reader.ReadInt32(), 0, Max)];

    public static byte[] Least(BinaryReader reader) => new byte[Math.Min(reader.ReadUInt32(), Max)];

    public static byte[] Pattern(BinaryReader reader) =>
        reader.ReadInt32() is >= 0 and <= Max and var bytes ? new byte[bytes] : [];

    public static byte[] Masked(BinaryReader reader) => new byte[reader.ReadUInt32() & 0xFFF];

    public static byte[] Guarded(BinaryReader reader)
    {
        int bytes = reader.ReadInt32();
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Max);
        return new byte[bytes];
    }

    public static byte[] Switched(BinaryReader reader)
    {
        uint bytes = reader.ReadUInt32();
        switch (bytes)
        {
            case 0:
                return [];
            case > Max:
                throw new InvalidDataException();
            default:
                return new byte[bytes];
        }
    }

    public static byte[] Halved(BinaryReader reader)
    {
        uint bytes = reader.ReadUInt32();
        while (bytes > Max)
        {
            bytes /= 2;
        }

        return new byte[bytes];
    }
}
