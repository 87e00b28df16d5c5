internal sealed class Mirror(IStorage first, IStorage second)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        await first.WriteAsync(at, source, cancellation);
        await second.WriteAsync(at, source, cancellation); // expect: BG3002
    }
}
