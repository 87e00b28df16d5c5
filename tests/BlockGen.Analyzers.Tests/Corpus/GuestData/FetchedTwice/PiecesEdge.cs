// Every byte is stored once: in pieces, and in one of two ways.
internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        while (source.Length > 0)
        {
            int length = Math.Min(source.Length, 4096);
            if (length == 4096)
            {
                await storage.WriteAsync(at, source.Slice(0, length), cancellation);
            }
            else
            {
                using BounceBuffer bounce = await pool.RentAsync(4096, cancellation);
                bounce.Memory.Span.Clear();
                source.Slice(0, length).CopyTo(bounce, 0);
                await storage.WriteAsync(at, bounce.Memory, cancellation);
            }

            source = source.Slice(length);
            at += (ulong)length;
        }
    }

    public async ValueTask WriteFromAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        for (int done = 0; done < source.Length; done += 512)
        {
            GuestWriteBuffer part = source.Slice(done, Math.Min(512, source.Length - done));
            await storage.WriteAsync(at + (ulong)done, part, cancellation);
        }
    }

    public async ValueTask WriteHalvesAsync(
        IStorage other, HostOffset at, GuestWriteBuffer source, int middle, CancellationToken cancellation)
    {
        await storage.WriteAsync(at, source.Slice(0, middle), cancellation);
        await other.WriteAsync(at, source.Slice(middle), cancellation);
    }
}
