// detour: MemoryMarshal
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("as an array")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        if (MemoryMarshal.TryGetArray(target.DangerousGetMemory(), out ArraySegment<byte> segment))
        {
            await storage.WriteAsync(at, segment.Array!, cancellation); // expect: BG3001
        }
    }
}
