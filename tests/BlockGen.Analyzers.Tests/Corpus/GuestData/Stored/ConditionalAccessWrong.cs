internal sealed class Holder
{
    public byte[]? Bytes { get; set; }
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(
        Holder? holder, HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        holder?.Bytes = target.DangerousGetMemory().ToArray();
        byte[]? again = holder?.Bytes?.Reverse().ToArray();
        if (again is not null)
        {
            await storage.WriteAsync(at, again, cancellation); // expect: BG3001
        }
    }
}
