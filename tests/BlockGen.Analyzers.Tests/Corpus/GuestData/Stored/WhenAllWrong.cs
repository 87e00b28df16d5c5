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
        byte[][] parts = await Task.WhenAll(
            CopyAsync(at, target.Slice(0, 512), cancellation), CopyAsync(at + 512, target.Slice(512), cancellation));
        await storage.WriteAsync(at, parts[1], cancellation); // expect: BG3001
    }
}
