internal sealed class Parcel
{
    public HostOffset Place { get; init; }
    public Memory<byte> Bytes { get; init; }
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("in an object")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Parcel parcel = new() { Place = at, Bytes = target.DangerousGetMemory() };
        await SendAsync(parcel, cancellation);
    }

    private async ValueTask SendAsync(Parcel parcel, CancellationToken cancellation) =>
        await storage.WriteAsync(parcel.Place, parcel.Bytes, cancellation); // expect: BG3001
}
