internal sealed class Mirror(IStorage first, IStorage second, BouncePool pool)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BounceBuffer copy = await pool.RentAsync(source.Length, cancellation).ConfigureAwait(false);
        source.CopyTo(copy, 0);
        if (copy.Memory.Span is [0, ..])
        {
            return;
        }

        await Task.WhenAll(
            first.WriteAsync(at, copy.Memory, cancellation).AsTask(),
            second.WriteAsync(at, copy.Memory, cancellation).AsTask()).ConfigureAwait(false);
    }
}
