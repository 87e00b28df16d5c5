internal sealed record Piece(HostOffset At, ReadOnlyMemory<byte> Bytes);

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("kept beside the guest's")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Piece piece = new(at, target.DangerousGetMemory());
        Piece moved = piece with { At = at + 65536 };
        await storage.WriteAsync(moved.At, moved.Bytes, cancellation); // expect: BG3001
    }
}
