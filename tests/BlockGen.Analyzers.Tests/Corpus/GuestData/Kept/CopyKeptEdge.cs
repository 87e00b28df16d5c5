// A copy is kept, not the guest's memory.
internal sealed class Queue
{
    private readonly Queue<(HostOffset At, BounceBuffer Bytes)> _waiting = new();

    public async ValueTask AddAsync(
        BouncePool pool, HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        BounceBuffer copy = await pool.RentAsync(source.Length, cancellation);
        source.CopyTo(copy, 0);
        _waiting.Enqueue((at, copy));
    }
}
