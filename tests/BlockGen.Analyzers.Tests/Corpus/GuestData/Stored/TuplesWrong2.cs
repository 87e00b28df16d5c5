// detour: tuples
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("split")]
    private static (byte[] Head, byte[] Tail) Split(GuestReadBuffer target) =>
        (new byte[16], target.DangerousGetMemory()[16..].ToArray());

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        (byte[] head, byte[] tail) = Split(target);
        await storage.WriteAsync(at, head, cancellation);
        await storage.WriteAsync(at + 16, tail, cancellation); // expect: BG3001
    }
}
