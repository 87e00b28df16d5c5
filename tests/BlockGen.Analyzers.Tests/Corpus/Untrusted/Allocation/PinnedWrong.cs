internal static unsafe class Loader
{
    public static void* Table(ReadOnlySpan<byte> header)
    {
        nuint bytes = (nuint)BinaryPrimitives.ReadUInt64LittleEndian(header);
        return NativeMemory.AllocZeroed(bytes); // expect: BG5001
    }
}
