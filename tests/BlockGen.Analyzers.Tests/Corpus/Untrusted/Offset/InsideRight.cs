internal sealed class Loader(IStorage storage)
{
    public async ValueTask LoadAsync(ReadOnlyMemory<byte> header, byte[] table, CancellationToken cancellation)
    {
        HostOffset offset = new(BinaryPrimitives.ReadUInt64LittleEndian(header.Span));
        if (offset.Value >= storage.Length)
        {
            throw new InvalidDataException($"the table at {offset} is not in the file");
        }

        await storage.ReadAsync(offset, table, cancellation);
    }
}
