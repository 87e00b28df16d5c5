internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("piece by piece")]
    private async IAsyncEnumerable<byte[]> PiecesAsync(
        HostOffset at, GuestReadBuffer target, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        yield return target.DangerousGetMemory()[..512].ToArray();
        yield return target.DangerousGetMemory()[512..].ToArray();
    }

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await foreach (byte[] piece in PiecesAsync(at, target, cancellation))
        {
            await storage.WriteAsync(at, piece, cancellation); // expect: BG3001
        }
    }
}
