using Suite = BlockGen.Testing.BlockDriverConformance<Acme.Disks.TinyTree>;

namespace BlockGen.Testing.Tests.Mistakes;

/// <summary>Mistakes in entries, headers and the paths through them, as a driver written by hand could have them.</summary>
internal static class HandwrittenMistakes
{
    private const string ReadChecked = "GuestRange range = CheckRange(offset, target.Length);";

    public static IReadOnlyDictionary<string, Mistake> All { get; } = new Dictionary<string, Mistake>
    {
        ["entries are stored in the other byte order"] = new(
            "TinyTree",
            "ulong raw = BitConverter.IsLittleEndian ? entry.Raw : BinaryPrimitives.ReverseEndianness(entry.Raw);",
            "ulong raw = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(entry.Raw) : entry.Raw;",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["the numbers of a table are stored in the other byte order"] = new(
            "TinyTable",
            "uint raw = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(entry.Raw) : entry.Raw;",
            "uint raw = BitConverter.IsLittleEndian ? entry.Raw : BinaryPrimitives.ReverseEndianness(entry.Raw);",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["a cluster of zeroes is taken for nothing"] = new(
            "TinyTree",
            "0x1 => MappingKind.Zero,",
            "0x1 => MappingKind.Unallocated,",
            nameof(Suite.Zeroes_hide_whatever_was_there),
            "the Zero line of the leaf entry"),
        ["a cluster of zeroes is stored as nothing"] = new(
            "TinyTree",
            "entry = new TinyTreeLeafEntry(0x1);",
            "entry = new TinyTreeLeafEntry(0x0);",
            nameof(Suite.Zeroes_hide_whatever_was_there),
            "the Zero line of the leaf entry"),
        ["the length of the backing file's name is read from its offset"] = new(
            "TinyTree",
            "NameBytes = BinaryPrimitives.ReadUInt32LittleEndian(source[0x24..]),",
            "NameBytes = BinaryPrimitives.ReadUInt32LittleEndian(source[0x20..]),",
            nameof(Suite.Chains_a_link_is_kept_rewritten_and_removed),
            "[Backing"),
        ["the dirty mark is cleared where it is to be set"] = new(
            "TinyTree",
            "? Header.Flags | TinyTreeFlags.Open",
            "? Header.Flags & ~TinyTreeFlags.Open",
            nameof(Suite.PowerCuts_lose_nothing_that_was_flushed),
            "[WriteOrder]"),
        ["the dirty mark comes after the entries"] = new(
            "TinyTree",
            """
                    await MarkDirtyAsync(cancellation).ConfigureAwait(false);
                    // Data: a mapping gets into the tables only after its data has been handed to the storage.
                    await Storage.FlushAsync(cancellation).ConfigureAwait(false);
                    await tables.WriteLeavesAsync(cancellation).ConfigureAwait(false);

            """,
            """
                    await Storage.FlushAsync(cancellation).ConfigureAwait(false);
                    await tables.WriteLeavesAsync(cancellation).ConfigureAwait(false);
                    await MarkDirtyAsync(cancellation).ConfigureAwait(false);

            """,
            nameof(Suite.PowerCuts_lose_nothing_that_was_flushed),
            "[WriteOrder]"),
        ["root entries are published before their leaf tables"] = new(
            "TinyTree",
            "await tables.WriteLeavesAsync(cancellation).ConfigureAwait(false);",
            "await tables.WriteRootsAsync(cancellation).ConfigureAwait(false);"
            + " await tables.WriteLeavesAsync(cancellation).ConfigureAwait(false);",
            nameof(Suite.PowerCuts_find_the_declared_order_on_the_disk),
            "[WriteOrder]"),
        ["a disk cannot become longer"] = new(
            "TinyTree",
            "HeaderForSize(ulong bytes) => WithSize(bytes);",
            "HeaderForSize(ulong bytes) => WithSize(Math.Min(bytes, GuestSize));",
            nameof(Suite.Resize_keeps_what_was_there_and_gains_zeroes),
            "[Resize]"),
        ["the backing file's format is told the wrong way round"] = new(
            "TinyTree",
            "HasFlag(TinyTreeFlags.BackingIsRaw) ? \"raw\" : null;",
            "HasFlag(TinyTreeFlags.BackingIsRaw) ? null : \"raw\";",
            nameof(Suite.Chains_a_link_is_kept_rewritten_and_removed),
            "[BackingFormat]"),
        ["a read's range is not checked"] = new(
            "TinyTree",
            ReadChecked,
            "GuestRange range = new(offset, (ulong)target.Length);",
            nameof(Suite.Bounds_requests_past_the_end_are_refused),
            "[GuestSize]"),
        ["what is unallocated reads as zeroes although there is a backing image"] = new(
            "TinyTree",
            ReadChecked,
            ReadChecked + " if (TryMap(range, out Extent own) && own.Kind is MappingKind.Unallocated"
            + " && own.Length == range.Length) { target.Clear(); return default; }",
            nameof(Suite.Chains_an_overlay_shows_what_is_below_it_up_to_its_end),
            "[BackingName]"),
    };
}
