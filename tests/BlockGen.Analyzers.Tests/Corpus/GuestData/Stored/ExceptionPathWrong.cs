internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("saved when the other fails")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] copy = [];
        try
        {
            await storage.ReadAsync(at, target, cancellation);
            copy = target.DangerousGetMemory().ToArray();
            await storage.FlushAsync(cancellation);
        }
        catch (IOException)
        {
            await storage.WriteAsync(at, copy, cancellation); // expect: BG3001
        }
    }
}
