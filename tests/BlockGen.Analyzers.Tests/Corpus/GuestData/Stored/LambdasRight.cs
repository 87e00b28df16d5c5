// detour: lambdas
// The lambda fills the guest's memory; what it stores is the host's.
internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] own = new byte[target.Length];
        Func<Task> store = async () => await storage.WriteAsync(at, own, cancellation);
        await storage.ReadAsync(at, own, cancellation);
        target.Fill(own);
        await store();
    }
}
