internal sealed class Holder(int bytes)
{
    public byte[] Bytes
    {
        get => field ??= new byte[bytes];
        private set => field = value;
    }

    public void Forget() => Bytes = [];
}

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Holder holder = new(target.Length);
        await storage.ReadAsync(at, holder.Bytes, cancellation);
        target.Fill(holder.Bytes);
        await storage.WriteAsync(at + 65536, holder.Bytes, cancellation);
        holder.Forget();
    }
}
