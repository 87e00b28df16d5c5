// A write that failed is tried again: only the last one counts.
internal sealed class Backend(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await storage.WriteAsync(at, source, cancellation);
                return;
            }
            catch (IOException) when (attempt < 3)
            {
            }
        }
    }

    public async ValueTask WriteSomewhereAsync(
        IStorage other, HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        try
        {
            await storage.WriteAsync(at, source, cancellation);
        }
        catch (IOException)
        {
            await other.WriteAsync(at, source, cancellation);
        }
    }
}
