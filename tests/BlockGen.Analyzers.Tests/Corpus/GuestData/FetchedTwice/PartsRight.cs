internal sealed class Splitter(IStorage first, IStorage second)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        int half = source.Length / 2;
        await Task.WhenAll(
            first.WriteAsync(at, source.Slice(0, half), cancellation).AsTask(),
            second.WriteAsync(at, source.Slice(half), cancellation).AsTask());
    }
}
