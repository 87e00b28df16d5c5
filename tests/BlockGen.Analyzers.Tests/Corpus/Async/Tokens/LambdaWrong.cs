// detour: a lambda and a local function
internal static class Use
{
    public static async ValueTask ZeroAsync(IStorage storage, List<HostRange> ranges, CancellationToken cancellation)
    {
        Func<HostRange, ValueTask> zero = range =>
            storage.WriteZeroesAsync(range, ZeroMode.MayUnmap, default); // expect: BG4002
        foreach (HostRange range in ranges)
        {
            await zero(range);
        }

        await FinishAsync();

        async ValueTask FinishAsync() => await storage.FlushAsync(new CancellationToken()); // expect: BG4002
    }
}
