internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("changed on the way")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] bytes = target.DangerousGetMemory().ToArray()
            .Where(one => one != 0)
            .Select(one => (byte)(one ^ 0x55))
            .Append((byte)0)
            .ToArray();
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
