internal sealed class Loader(IStorage storage)
{
    public async ValueTask LoadAsync(ReadOnlyMemory<byte> header, Memory<byte> table, CancellationToken cancellation)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(header.Span);
        if (offset > storage.Length || (ulong)table.Length > storage.Length - offset)
        {
            throw new InvalidDataException($"the table at {offset} leaves the file");
        }

        await storage.ReadAsync(new HostOffset(offset), table, cancellation);
    }
}
