internal sealed class Loader(IStorage storage)
{
    public bool IsInside(ReadOnlySpan<byte> entry)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(entry);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
        return offset + length <= storage.Length; // expect: BG5011
    }
}
