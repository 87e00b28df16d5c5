// Copied once; the copy is looked at as often as needed.
internal sealed class Backend(IStorage first, IStorage second, BouncePool pool)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(source.Length, cancellation);
        source.CopyTo(bounce, 0);
        if (bounce.Memory.Span.IndexOfAnyExcept((byte)0) < 0)
        {
            await first.WriteZeroesAsync(new HostRange(at, (ulong)source.Length), ZeroMode.MayUnmap, cancellation);
            return;
        }

        await first.WriteAsync(at, bounce.Memory, cancellation);
        await second.WriteAsync(at, bounce.Memory, cancellation);
    }
}
