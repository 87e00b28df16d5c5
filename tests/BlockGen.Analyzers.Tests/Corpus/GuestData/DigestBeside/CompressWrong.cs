internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("compressed")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        byte[] packed = new byte[source.Length];
        bool fits = System.IO.Compression.BrotliEncoder.TryCompress(
            source.DangerousGetMemory().Span, packed, out int length);
        if (fits && length < source.Length / 2)
        {
            await storage.WriteAsync(at, packed, cancellation);
            return;
        }

        await storage.WriteAsync(at, source, cancellation); // expect: BG3003
    }
}
