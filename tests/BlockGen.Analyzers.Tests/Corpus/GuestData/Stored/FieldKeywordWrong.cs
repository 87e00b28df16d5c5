internal sealed class Holder
{
    public byte[] Bytes
    {
        get => field ?? [];
        set => field = value.Length == 0 ? [0] : value;
    }
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Holder holder = new();
        holder.Bytes = target.DangerousGetMemory().ToArray();
        await storage.WriteAsync(at, holder.Bytes, cancellation); // expect: BG3001
    }
}
