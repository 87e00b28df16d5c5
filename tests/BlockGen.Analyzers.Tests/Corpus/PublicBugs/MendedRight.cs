// What QEMU's drivers check since: the limits come before the first use.
internal sealed class Mended(IStorage storage, byte[] target)
{
    private const uint MaxEntries = 1 << 20;

    public uint[] Table(ReadOnlySpan<byte> header)
    {
        uint count = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        return count <= MaxEntries ? new uint[count] : throw new ImageException("the table is too large");
    }

    public async ValueTask LoadAsync(ReadOnlyMemory<byte> header, CancellationToken cancellation)
    {
        ulong offset = BinaryPrimitives.ReadUInt64BigEndian(header.Span[40..]);
        if (offset > storage.Length || (ulong)target.Length > storage.Length - offset)
        {
            throw new ImageException("the table is not inside the file");
        }

        await storage.ReadAsync(new HostOffset(offset), target, cancellation);
    }
}
