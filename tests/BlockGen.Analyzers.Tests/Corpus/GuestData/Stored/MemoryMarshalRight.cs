// detour: MemoryMarshal
// Casts the host's own numbers to bytes.
internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        ulong[] words = [1, 2, 3, (ulong)target.Length];
        byte[] bytes = MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, bytes, cancellation);
    }
}
