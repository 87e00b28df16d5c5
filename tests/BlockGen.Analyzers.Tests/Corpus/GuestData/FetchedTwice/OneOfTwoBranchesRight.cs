internal sealed class Backend(IStorage fast, IStorage slow)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (source.Length < 4096)
        {
            await fast.WriteAsync(at, source, cancellation);
        }
        else
        {
            await slow.WriteAsync(at, source, cancellation);
        }
    }
}
