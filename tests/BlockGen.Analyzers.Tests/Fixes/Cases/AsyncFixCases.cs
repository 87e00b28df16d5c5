namespace BlockGen.Analyzers.Tests;

internal static class AsyncFixCases
{
    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("BG4001",
            Backend(
                """
                        [|storage.FlushAsync(cancellation).AsTask().Wait()|];
                        Task<StorageExtent> map = storage.MapAsync(new HostRange(0, 512), cancellation).AsTask();
                        bool isHole = [|map.Result|].IsHole;
                        StorageExtent extent = [|storage.MapAsync(new HostRange(0, 512), cancellation).GetAwaiter().GetResult()|];
                        return isHole ? 0 : extent.Length;
                """),
            Backend(
                """
                        await storage.FlushAsync(cancellation).AsTask();
                        Task<StorageExtent> map = storage.MapAsync(new HostRange(0, 512), cancellation).AsTask();
                        bool isHole = (await map).IsHole;
                        StorageExtent extent = await storage.MapAsync(new HostRange(0, 512), cancellation);
                        return isHole ? 0 : extent.Length;
                """)),
        new("BG4006",
            Backend(
                """
                        await storage.FlushAsync(cancellation);
                        [|storage.DiscardAsync(new HostRange(0, 512), cancellation)|];
                        return storage.Length;
                """),
            Backend(
                """
                        await storage.FlushAsync(cancellation);
                        await storage.DiscardAsync(new HostRange(0, 512), cancellation);
                        return storage.Length;
                """)),
    ];

    private static string Backend(string body) =>
        $$"""
        internal sealed class Backend(IStorage storage)
        {
            public async ValueTask<ulong> UseAsync(CancellationToken cancellation)
            {
        {{body}}
            }
        }
        """;
}
