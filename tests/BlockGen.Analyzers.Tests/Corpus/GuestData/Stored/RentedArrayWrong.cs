internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(target.Length);
        try
        {
            target.DangerousGetMemory().Span.CopyTo(rented);
            await storage.WriteAsync(at, rented.AsMemory(0, target.Length), cancellation); // expect: BG3001
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
