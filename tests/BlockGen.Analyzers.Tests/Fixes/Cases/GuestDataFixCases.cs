namespace BlockGen.Analyzers.Tests;

internal static class GuestDataFixCases
{
    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("BG3002",
            Mirror(
                """
                        await storage.WriteAsync(at, source, cancellation);
                        await storage.WriteAsync(at + 4096, [|source|], cancellation);
                """),
            Mirror(
                """
                        using BounceBuffer copy = await _pool.RentAsync(source.Length, cancellation);
                        source.CopyTo(copy, 0);
                        await storage.WriteAsync(at, copy.Memory, cancellation);
                        await storage.WriteAsync(at + 4096, copy.Memory, cancellation);
                """)),
        new("BG3003",
            Mirror(
                """
                        byte[] sum = System.Security.Cryptography.SHA256.HashData(source.DangerousGetMemory().Span);
                        await storage.WriteAsync(at, [|source|], cancellation);
                        await storage.WriteAsync(at + (ulong)source.Length, sum, cancellation);
                """),
            Mirror(
                """
                        using BounceBuffer copy = await _pool.RentAsync(source.Length, cancellation);
                        source.CopyTo(copy, 0);
                        byte[] sum = System.Security.Cryptography.SHA256.HashData(copy.Memory.Span);
                        await storage.WriteAsync(at, copy.Memory, cancellation);
                        await storage.WriteAsync(at + (ulong)source.Length, sum, cancellation);
                """)),
        new("BG3005",
            Zeroes(
                """
                        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
                        bounce.Dispose();
                        await [|storage.WriteAsync(at, [|bounce.Memory|], cancellation)|];
                """),
            Zeroes(
                """
                        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
                        await storage.WriteAsync(at, bounce.Memory, cancellation);
                """)),
        new("BG3006",
            Zeroes(
                """
                        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
                        try
                        {
                            bounce.Memory.Span.Clear();
                            await storage.WriteAsync(
                                at,
                                bounce.Memory,
                                cancellation);
                        }
                        finally
                        {
                            bounce.Dispose();
                        }

                        [|bounce.Dispose()|];
                """),
            Zeroes(
                """
                        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
                        bounce.Memory.Span.Clear();
                        await storage.WriteAsync(
                            at,
                            bounce.Memory,
                            cancellation);
                """)),
        new("BG3007",
            Zeroes(
                """
                        BounceBuffer bounce = await [|pool.RentAsync(512, cancellation)|];
                        await storage.WriteAsync(at, bounce.Memory, cancellation);
                        bounce.Dispose();
                """),
            Zeroes(
                """
                        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
                        await storage.WriteAsync(at, bounce.Memory, cancellation);
                """)),
    ];

    private static string Mirror(string body) =>
        $$"""
        internal sealed class Filter(IStorage storage, BouncePool pool)
        {
            private readonly BouncePool _pool = pool;

            [ReviewedGuestAccess("looked at")]
            public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
            {
        {{body}}
            }
        }
        """;

    private static string Zeroes(string body) =>
        $$"""
        internal sealed class Zeroes(IStorage storage, BouncePool pool)
        {
            public async ValueTask ZeroAsync(HostOffset at, CancellationToken cancellation)
            {
        {{body}}
            }
        }
        """;
}
