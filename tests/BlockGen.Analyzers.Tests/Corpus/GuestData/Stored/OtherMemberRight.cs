internal sealed record Parcel(HostOffset Place, GuestReadBuffer Target, byte[] Bytes);

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Parcel parcel = new(at, target, new byte[512]);
        await storage.ReadAsync(parcel.Place, parcel.Target, cancellation);
        await storage.WriteAsync(parcel.Place, parcel.Bytes, cancellation);
    }
}
