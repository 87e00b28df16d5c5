internal sealed class Backend(IStorage first, IStorage second)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Task head = first.ReadAsync(at, target.Slice(0, 512), cancellation).AsTask();
        Task tail = second.ReadAsync(at, target.Slice(512), cancellation).AsTask();
        await Task.WhenAll(head, tail);
    }
}
