// detour: tuples
// Of the two elements, the one that is stored is the host's.
internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        (GuestReadBuffer Target, byte[] Own) pair = (target, new byte[target.Length]);
        await storage.ReadAsync(at, pair.Own, cancellation);
        pair.Target.Fill(pair.Own);
        await storage.WriteAsync(at, pair.Own, cancellation);
    }
}
