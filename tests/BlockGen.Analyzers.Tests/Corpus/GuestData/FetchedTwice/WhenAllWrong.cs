internal sealed class Mirror(IStorage first, IStorage second)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        Task[] both =
        [
            first.WriteAsync(at, source, cancellation).AsTask(),
            second.WriteAsync(at, source, cancellation).AsTask(), // expect: BG3002
        ];
        await Task.WhenAll(both);
    }
}
