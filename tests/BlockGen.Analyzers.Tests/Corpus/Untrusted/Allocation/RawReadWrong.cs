internal sealed class Loader(IStorage storage)
{
    public async ValueTask<byte[]> TableAsync(CancellationToken cancellation)
    {
        byte[] header = new byte[512];
        await storage.ReadAsync(new HostOffset(0), header, cancellation);
        uint count = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(36));
        return new byte[count]; // expect: BG5001
    }
}
