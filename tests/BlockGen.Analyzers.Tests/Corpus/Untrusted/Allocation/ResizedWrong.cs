internal sealed class Loader
{
    private byte[] _table = [];

    public void Grow(ReadOnlySpan<byte> header)
    {
        ushort shift = BinaryPrimitives.ReadUInt16BigEndian(header);
        int bytes = BinaryPrimitives.ReadInt32BigEndian(header[2..]);
        if (shift > 9 || bytes < 0)
        {
            throw new InvalidDataException("no such table");
        }

        Array.Resize(ref _table, bytes); // expect: BG5001
    }
}
