internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("a byte is shown, and then forgotten")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] bytes = target.DangerousGetMemory().ToArray();
        Console.WriteLine(bytes.Length);
        bytes = new byte[512];
        await storage.WriteAsync(at, bytes, cancellation);
    }
}
