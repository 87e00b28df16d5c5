// detour: iterators
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("one sector at a time")]
    private static IEnumerable<Memory<byte>> Sectors(GuestReadBuffer target)
    {
        for (int at = 0; at < target.Length; at += 512)
        {
            yield return target.Slice(at, 512).DangerousGetMemory();
        }
    }

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        foreach (Memory<byte> sector in Sectors(target))
        {
            await storage.WriteAsync(at, sector, cancellation); // expect: BG3001
            at += 512;
        }
    }
}
