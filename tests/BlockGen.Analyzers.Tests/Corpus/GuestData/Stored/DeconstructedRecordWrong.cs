internal sealed record Parcel(HostOffset Place, Memory<byte> Bytes);

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("in a record")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Parcel parcel = new(at, target.DangerousGetMemory());
        (HostOffset place, Memory<byte> bytes) = parcel;
        await storage.WriteAsync(place, bytes, cancellation); // expect: BG3001
    }
}
