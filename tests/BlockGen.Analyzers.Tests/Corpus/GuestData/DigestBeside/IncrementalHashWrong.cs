internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("hashed")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        System.IO.Hashing.XxHash64 hash = new();
        hash.Append(source.DangerousGetMemory().Span);
        await storage.WriteAsync(at, source, cancellation); // expect: BG3003
        await storage.WriteAsync(at + 4096, hash.GetCurrentHash(), cancellation);
    }
}
