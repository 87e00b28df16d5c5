// detour: properties
// A property that only measures guest memory.
internal sealed class Keeper(IStorage storage)
{
    private int LastBytes { get; set; }

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        LastBytes = target.Length;
        await storage.ReadAsync(at, target, cancellation);
        byte[] record = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(record, LastBytes);
        await storage.WriteAsync(at, record, cancellation);
    }
}
