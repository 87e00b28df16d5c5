// detour: iterators
// Yields places and lengths, no bytes.
internal sealed class Keeper(IStorage storage)
{
    private static IEnumerable<(int At, int Length)> Sectors(GuestReadBuffer target)
    {
        for (int at = 0; at < target.Length; at += 512)
        {
            yield return (at, Math.Min(512, target.Length - at));
        }
    }

    public async ValueTask ReadAsync(HostOffset start, GuestReadBuffer target, CancellationToken cancellation)
    {
        foreach ((int at, int length) in Sectors(target))
        {
            byte[] sector = new byte[length];
            await storage.ReadAsync(start + (ulong)at, sector, cancellation);
            target.Slice(at, length).Fill(sector);
            await storage.WriteAsync(start + (ulong)at, sector, cancellation);
        }
    }
}
