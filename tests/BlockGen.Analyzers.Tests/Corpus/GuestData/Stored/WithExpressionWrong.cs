internal sealed record Parcel(HostOffset Place, Memory<byte> Bytes);

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("in a record")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Parcel empty = new(at, new byte[512]);
        Parcel full = empty with { Bytes = target.DangerousGetMemory() };
        await storage.WriteAsync(full.Place, full.Bytes, cancellation); // expect: BG3001
    }
}
