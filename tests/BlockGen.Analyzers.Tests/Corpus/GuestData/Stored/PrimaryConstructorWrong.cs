internal sealed class Saver(byte[] bytes, IStorage storage)
{
    public ValueTask SaveAsync(HostOffset at, CancellationToken cancellation) =>
        storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("kept beside the guest's")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Saver saver = new(target.DangerousGetMemory().ToArray(), storage);
        await saver.SaveAsync(at, cancellation);
    }
}
