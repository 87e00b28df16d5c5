// The sum cannot wrap around, and what lies past the end of a storage reads as zeroes.
internal sealed class Loader(IStorage storage)
{
    public async ValueTask LoadAsync(ReadOnlyMemory<byte> header, Memory<byte> table, CancellationToken cancellation)
    {
        ulong sector = BinaryPrimitives.ReadUInt32LittleEndian(header.Span);
        await storage.ReadAsync(new HostOffset(checked(sector * 512)), table, cancellation);
    }
}
