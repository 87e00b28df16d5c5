internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    private async Task<byte[]> CopyAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        return target.DangerousGetMemory().ToArray();
    }

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Task<byte[]> copy = CopyAsync(at, target, cancellation);
        byte[] bytes = await copy.ConfigureAwait(false);
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
