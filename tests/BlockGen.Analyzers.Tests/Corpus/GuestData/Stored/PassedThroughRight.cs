internal sealed class Copier(IStorage from, IStorage to)
{
    public ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation) =>
        from.ReadAsync(at, target.Slice(0, target.Length), cancellation);

    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        GuestWriteBuffer head = source.Slice(0, 512);
        GuestWriteBuffer tail = source.Slice(512);
        await to.WriteAsync(at, head, cancellation);
        await to.WriteAsync(at + 512, tail, cancellation);
    }
}
