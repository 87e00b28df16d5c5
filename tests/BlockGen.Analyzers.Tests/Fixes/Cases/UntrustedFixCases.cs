using BlockGen.CodeFixes;

namespace BlockGen.Analyzers.Tests;

internal static class UntrustedFixCases
{
    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("BG5001",
            Use("public static byte[] Table(Header header) => new byte[[|header.Count|]];"),
            Use("public static byte[] Table(Header header) => new byte[header.Count];", count: "[InRange(Max = 1 << 20)] ")),
        new("BG5002",
            Use(
                """
                public static int Sum(Header header)
                    {
                        Span<byte> bytes = stackalloc byte[checked([|(int)header.Count|])];
                        return bytes.Length;
                    }
                """,
                count: "[InRange(Min = 1)] "),
            Use(
                """
                public static int Sum(Header header)
                    {
                        Span<byte> bytes = stackalloc byte[checked((int)header.Count)];
                        return bytes.Length;
                    }
                """,
                count: "[InRange(Min = 1, Max = 1 << 10)] ")),
        new("BG5003",
            Use(
                """
                public static int Visit(Header header)
                    {
                        int seen = 0;
                        for (uint i = 0; i < [|header.Count|]; i++)
                        {
                            seen++;
                        }

                        return seen;
                    }
                """),
            Use(
                """
                public static int Visit(Header header)
                    {
                        int seen = 0;
                        for (uint i = 0; i < header.Count; i++)
                        {
                            seen++;
                        }

                        return seen;
                    }
                """,
                count: "[InRange(Max = 1 << 20)] ")),
        new("BG5005",
            Use("public static ReadOnlySpan<byte> Name(Header header, byte[] bytes) => bytes.AsSpan(0, [|header.Small|]);"),
            Use(
                """
                public static ReadOnlySpan<byte> Name(Header header, byte[] bytes)
                    {
                        if (header.Small > bytes.Length)
                        {
                            throw new ImageException($"header.Small is {header.Small}; at most {bytes.Length} was expected");
                        }

                        return bytes.AsSpan(0, header.Small);
                    }
                """)),
        new("BG5006",
            Use(
                """
                public static byte Find(Header header, byte[] bytes)
                    {
                        byte found = bytes[[|header.Place|]];
                        return found;
                    }
                """),
            Use(
                """
                public static byte Find(Header header, byte[] bytes)
                    {
                        if (header.Place >= (ulong)bytes.Length)
                        {
                            throw new ImageException($"header.Place is {header.Place}; less than {bytes.Length} was expected");
                        }

                        byte found = bytes[header.Place];
                        return found;
                    }
                """)),
        new("BG5007",
            Use(
                """
                public static ValueTask ReadAsync(Header header, IStorage storage, byte[] bytes, CancellationToken stop) =>
                        storage.ReadAsync([|new HostOffset(header.Place)|], bytes, stop);
                """),
            Use(
                """
                public static ValueTask ReadAsync(Header header, IStorage storage, byte[] bytes, CancellationToken stop)
                    {
                        if (header.Place > storage.Length)
                        {
                            throw new ImageException($"header.Place is {header.Place}; at most {storage.Length} was expected");
                        }

                        return storage.ReadAsync(new HostOffset(header.Place), bytes, stop);
                    }
                """)),
        new("BG5008",
            Use("public static ulong Size(Header header) => 1UL << checked([|(int)header.Count|]);"),
            Use("public static ulong Size(Header header) => 1UL << checked((int)header.Count);", count: "[InRange(Max = 63)] ")),
        new("BG5009",
            Use("public static ulong Part(Header header, ulong offset) => offset / [|header.Count|];"),
            Use("public static ulong Part(Header header, ulong offset) => offset / header.Count;", count: "[InRange(Min = 1)] ")),
        new("BG5010",
            Use("public static int Length(Header header) => [|(int)header.Count|];"),
            Use("public static int Length(Header header) => checked((int)header.Count);")),
        new("BG5011",
            Use("public static bool Fits(Header header, ulong end) => [|header.Place + 512|] <= end;"),
            Use("public static bool Fits(Header header, ulong end) => checked(header.Place + 512) <= end;")),
        new("BG5011",
            Use("public static ulong Bytes(Header header) => [|header.Place * 8|] + header.Count;"),
            Use("public static ulong Bytes(Header header) => checked(header.Place * 8 + header.Count);")),
        new("BG5011",
            Use("public static ulong Bytes(Header header) => [|header.Count * 512u|];"),
            Use("public static ulong Bytes(Header header) => checked(header.Count * 512u);"),
            typeof(ComputeChecked)),
        new("BG5011",
            Use("public static ulong Bytes(Header header, uint unit) => [|header.Count * unit|];"),
            Use("public static ulong Bytes(Header header, uint unit) => (ulong)header.Count * unit;"),
            typeof(WidenOperand)),
    ];

    private static string Use(string member, string count = "") =>
        $$"""
        [DiskStruct(ByteOrder.Little, Size = 64)]
        public readonly partial record struct Header
        {
            [Magic("HEAD")] public uint Magic { get; init; }
            {{count}}public uint Count { get; init; }
            public ulong Place { get; init; }
            public ushort Small { get; init; }
        }

        internal static class Use
        {
            {{member}}
        }
        """;
}
