internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("hashed")]
    private static byte[] Hash(GuestWriteBuffer source) =>
        System.Security.Cryptography.SHA256.HashData(source.DangerousGetMemory().Span);

    private ValueTask StoreAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation) =>
        storage.WriteAsync(at, source, cancellation); // expect: BG3003

    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        byte[] hash = Hash(source);
        await StoreAsync(at, source, cancellation);
        await storage.WriteAsync(at + 4096, hash, cancellation);
    }
}
