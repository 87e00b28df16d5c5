using Suite = BlockGen.Testing.BlockDriverConformance<Acme.Disks.TinyTree>;

namespace BlockGen.Testing.Tests.Mistakes;

/// <summary>Mistakes in declarations that the compiler and the analyzers cannot know of.</summary>
internal static class DeclaredMistakes
{
    public static IReadOnlyDictionary<string, Mistake> All { get; } = new Dictionary<string, Mistake>
    {
        ["the last cluster, where it is not whole, is forgotten"] = new(
            "TinyTree",
            "private ulong GuestSize => Header.DiskBytes;",
            "private ulong GuestSize => Header.DiskBytes / ClusterSize * ClusterSize;",
            nameof(Suite.Unaligned_the_last_cluster_ends_where_the_disk_does),
            "[GuestSize]"),
        ["the table is an entry too short"] = new(
            "TinyTable",
            "internal ulong TableBytes => ClusterCount * sizeof(uint);",
            "internal ulong TableBytes => (ClusterCount - 1) * sizeof(uint);",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["clusters are said to start where the table does"] = new(
            "TinyTable",
            "(TableOffset + TableBytes + ClusterBytes - 1)",
            "(TableOffset + ClusterBytes - 1)",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["the count of clusters is one too high"] = new(
            "TinyTable",
            "UsedCount = (uint)clusters }",
            "UsedCount = (uint)clusters + 1 }",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["an empty entry stands for a cluster that exists"] = new(
            "TinyTable",
            "[EntryIs(MappingKind.Unallocated, Equal = 0xffffffff)]",
            "[EntryIs(MappingKind.Unallocated, Equal = 0)]",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["an entry has room for the first mebibyte of the file"] = new(
            "TinyTree",
            "[TableEntry(ByteOrder.Little)]\n[EntryIs(MappingKind.Unallocated, Equal = 0)]\n[EntryIs(MappingKind.Zero",
            "[TableEntry(ByteOrder.Little, HostMask = 0x000f_ffff)]\n"
            + "[EntryIs(MappingKind.Unallocated, Equal = 0)]\n[EntryIs(MappingKind.Zero",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["the backing file's name has a fixed place"] = new(
            "TinyTree",
            "NameOffset = (uint)name.Start.Value,",
            "NameOffset = (uint)TinyTreeHeader.Size,",
            nameof(Suite.Chains_a_link_is_kept_rewritten_and_removed),
            "[BackingLink]"),
        ["the backing file's name lacks its last letter"] = new(
            "TinyTree",
            "NameBytes = (uint)name.Length,",
            "NameBytes = (uint)Math.Max(name.Length, 1) - 1,",
            nameof(Suite.Chains_a_link_is_kept_rewritten_and_removed),
            "[BackingName]"),
        ["a raw backing file stays raw when it is replaced"] = new(
            "TinyTree",
            "Flags = (Header.Flags & ~TinyTreeFlags.BackingIsRaw)",
            "Flags = Header.Flags",
            nameof(Suite.Chains_a_link_is_kept_rewritten_and_removed),
            "[BackingFormat]"),
        ["a resized disk has only whole clusters"] = new(
            "TinyTree",
            "Header with { DiskBytes = bytes };",
            "Header with { DiskBytes = bytes / ClusterSize * ClusterSize };",
            nameof(Suite.Resize_keeps_what_was_there_and_gains_zeroes),
            "[Resize]"),
        ["the table's size is computed in sixteen bits"] = new(
            "TinyTable",
            "internal ulong TableBytes => ClusterCount * sizeof(uint);",
            "internal ulong TableBytes => checked((ushort)ClusterCount) * (ulong)sizeof(uint);",
            nameof(Suite.Hostile_header_fields_are_refused_or_harmless),
            "the rules of the header's fields"),
    };
}
