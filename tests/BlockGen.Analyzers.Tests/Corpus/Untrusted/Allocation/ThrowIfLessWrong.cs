internal static class Loader
{
    private const uint Most = 1 << 20;

    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, Most);
        return GC.AllocateUninitializedArray<byte>(checked((int)bytes)); // expect: BG5001
    }
}
