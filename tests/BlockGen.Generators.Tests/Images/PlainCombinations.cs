namespace BlockGen.Generators.Tests.Images;

/// <summary>The combinations of what drivers with an identity lookup or a lookup method can declare.</summary>
internal static class PlainCombinations
{
    private static readonly string[] Creates =
    [
        "",
        "[Create] private static ulong FileSize(CommonOptions options) => options.Size;",
        "[Create] private static ulong FileSize(FullOptions options) => options.Full ? 1UL : 0;",
    ];

    private static readonly string[] Resizes = ["", "[Resize] private ulong FileSizeFor(ulong bytes) => bytes;"];

    private static readonly string[] Openings =
        ["", "[Opening] private ValueTask readMore(CancellationToken cancellation) => ValueTask.CompletedTask;"];

    private static readonly string[] Backings =
    [
        "",
        "[BackingName] private HostRange Name => new(512, 8);",
        "[BackingName] private HostRange Name => new(512, 8); [BackingFormat] private string? BackingFormat => null;",
    ];

    public static IReadOnlyList<string> All { get; } = [.. Identities(), .. Methods()];

    private static IEnumerable<string> Identities() =>
        from header in new[] { "", ", Header = typeof(CommonHeader)" }
        from start in new[] { "", "[HostStart] private HostOffset Start => new(512);" }
        from opening in new[] { "", ", OpenOptions = typeof(CommonWindow)" }
        from create in header.Length == 0 ? Creates : [""]
        from resize in header.Length == 0 ? Resizes : [""]
        from more in Openings
        select Source("[IdentityLookup]", header + opening, start + create + resize + more);

    private static IEnumerable<string> Methods() =>
        from header in new[] { "", ", Header = typeof(CommonHeader)" }
        from cluster in new[] { "", "[ClusterSize] private uint ClusterSize => 512;" }
        from opening in new[] { "", ", OpenOptions = typeof(CommonWindow)" }
        from backing in Backings
        from more in Openings
        select Source(
            "",
            header + opening,
            cluster + backing + more + "[LookupMethod] private ValueTask<Extent> FindAsync(GuestRange range, CancellationToken cancellation) => "
                + "ValueTask.FromResult(Extent.Zero(cancellation.IsCancellationRequested ? range : range.Take(512)));");

    private static string Source(string lookup, string arguments, string members) =>
        $$"""
        [ImageFormat("plain"{{arguments}})]
        {{lookup}}
        public sealed partial class PlainImage
        {
            [GuestSize] private ulong GuestSize => Storage.Length;
            {{members}}
        }
        """;
}
