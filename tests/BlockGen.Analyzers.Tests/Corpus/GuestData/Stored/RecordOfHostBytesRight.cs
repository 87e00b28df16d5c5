internal sealed record Piece(HostOffset At, ReadOnlyMemory<byte> Bytes);

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] bytes = new byte[target.Length];
        await storage.ReadAsync(at, bytes, cancellation);
        Piece piece = new(at, bytes);
        target.Fill(piece.Bytes.Span);
        await storage.WriteAsync((piece with { At = at + 65536 }).At, piece.Bytes, cancellation);
    }
}
