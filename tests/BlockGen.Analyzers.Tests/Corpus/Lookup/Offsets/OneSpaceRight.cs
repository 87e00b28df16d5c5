internal sealed class Reader(Image image)
{
    public async ValueTask ReadAsync(GuestRange range, byte[] cluster, CancellationToken cancellation)
    {
        if (range is { Start: { Value: var start } first, Length: > 0 })
        {
            GuestOffset next = new(start + 512);
            ulong distance = next.Value - first.Value;
            await image.ReadAsync(next, cluster.AsMemory(0, (int)Math.Min(distance, 512)), cancellation);
        }
    }
}
