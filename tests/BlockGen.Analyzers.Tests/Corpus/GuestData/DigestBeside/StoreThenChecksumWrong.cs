internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("for its checksum")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        await storage.WriteAsync(at, source, cancellation);
        byte[] hash = System.Security.Cryptography.SHA256.HashData(source.DangerousGetMemory().Span); // expect: BG3003
        await storage.WriteAsync(at + 4096, hash, cancellation);
    }
}
