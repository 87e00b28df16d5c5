internal sealed class Backend(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        List<GuestWriteBuffer> pieces = [];
        for (int start = 0; start < source.Length; start += 512)
        {
            pieces.Add(source.Slice(start, 512));
        }

        foreach (GuestWriteBuffer piece in pieces)
        {
            await storage.WriteAsync(at, piece, cancellation);
            at += 512;
        }
    }
}
