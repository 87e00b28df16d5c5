internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("for its checksum")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        uint sum = System.IO.Hashing.Crc32.HashToUInt32(source.DangerousGetMemory().Span);
        await storage.WriteAsync(at, source, cancellation); // expect: BG3003
        byte[] record = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(record, sum);
        await storage.WriteAsync(at + 4096, record, cancellation);
    }
}
