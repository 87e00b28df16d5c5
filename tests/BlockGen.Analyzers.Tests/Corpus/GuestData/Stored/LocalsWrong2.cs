// detour: locals
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied below")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        byte[] copy = new byte[target.Length];
        if (copy.Length > 0)
        {
            copy = target.DangerousGetMemory().ToArray();
        }

        GuestWriteBuffer source = copy;
        await storage.WriteAsync(at, source, cancellation); // expect: BG3001
    }
}
