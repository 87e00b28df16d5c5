internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("compressed")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        MemoryStream packed = new();
        using (System.IO.Compression.DeflateStream deflate = new(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            deflate.Write(source.DangerousGetMemory().Span);
        }

        if (packed.Length >= source.Length)
        {
            await storage.WriteAsync(at, source, cancellation); // expect: BG3003
        }
    }
}
