internal sealed class Loader
{
    public static byte[] Name(ReadOnlySpan<byte> header)
    {
        int length = (int)BinaryPrimitives.ReadUInt16LittleEndian(header) * 4096;
        return ArrayPool<byte>.Shared.Rent(length); // expect: BG5001
    }
}
