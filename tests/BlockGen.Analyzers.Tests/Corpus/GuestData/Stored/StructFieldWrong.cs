internal struct Piece
{
    public Memory<byte> Bytes;
    public int Length;
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("in a struct")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Piece piece = default;
        piece.Bytes = target.DangerousGetMemory();
        piece.Length = target.Length;
        Piece other = piece;
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, other.Bytes, cancellation); // expect: BG3001
    }
}
