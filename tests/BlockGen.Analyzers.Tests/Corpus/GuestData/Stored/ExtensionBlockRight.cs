internal static class Buffers
{
    extension(GuestReadBuffer buffer)
    {
        public GuestReadBuffer Tail => buffer.Slice(buffer.Length / 2);

        public static int Most => 1 << 20;
    }
}

internal sealed class Reader(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        if (target.Length > GuestReadBuffer.Most)
        {
            throw new ArgumentException("too much", nameof(target));
        }

        await storage.ReadAsync(at, target.Tail, cancellation);
        byte[] note = [(byte)target.Length, 1];
        await storage.WriteAsync(at, note, cancellation);
    }
}
