// The check names one variable, the allocation another one that holds the same number.
internal sealed class Loader
{
    public static ulong[] Table(ReadOnlySpan<byte> header)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint checkedCount = count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checkedCount, 65536u);
        return new ulong[count];
    }
}
