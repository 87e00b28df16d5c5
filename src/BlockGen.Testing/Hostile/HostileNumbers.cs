using System.Buffers.Binary;

namespace BlockGen.Testing;

/// <summary>Numbers that an attacker would put into a file, and where.</summary>
internal static class HostileNumbers
{
    /// <summary>Values around every boundary that a field can have.</summary>
    public static IEnumerable<UInt128> AroundBoundaries(Victim original, FieldLayout field)
    {
        int bits = Math.Min(field.Size, 16) * 8;
        UInt128 most = bits == 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1;
        UInt128 old = original.Peek(field.Offset) & most;
        HashSet<UInt128> values =
            [0, 1, 2, 3, most, most - 1, most / 2, most / 2 + 1, most / 2 - 511, most - 511, old + 1, old - 1,
             old * 2, old / 2];
        for (int bit = 8; bit < bits; bit += 5)
        {
            values.Add(UInt128.One << bit);
            values.Add((UInt128.One << bit) - 1);
        }

        return values.Select(value => value & most).Where(value => value != old).Distinct();
    }

    /// <summary>
    /// Host offsets of headers, tables, clusters, boundaries and what is past the end: in bytes, sectors and clusters,
    /// in either byte order.
    /// </summary>
    public static async Task<ulong[]> PlacesAsync(ImageRecipe recipe, Victim original)
    {
        ulong[] places = [];
        Image image = await recipe.OpenAsync(new MemoryStorage(original.Bytes, "victim")).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            ulong end = (ulong)original.Bytes.Length;
            ulong unit = Math.Max(image.ClusterBytes, 512);
            Extent first = await image.MapAsync(new GuestRange(0, 512), CancellationToken.None).ConfigureAwait(false);
            ulong[] bytes =
                [0, 1, 511, unit, end, end - unit, end + unit, 1UL << 40, (1UL << 63) - unit, 1UL << 63, ulong.MaxValue,
                 first.Host.Value, first.Host.Value + 1, .. Tables(image)];
            places = [.. bytes.Concat(bytes.Select(place => place / 512)).Concat(bytes.Select(place => place / unit))];
        }

        return [.. places.Concat(places.Select(BinaryPrimitives.ReverseEndianness)).Distinct()];
    }

    /// <summary>Where entries are: the first and last words of the tables, and words that are in use.</summary>
    public static async Task<int[]> EntriesAsync(ImageRecipe recipe, Victim original)
    {
        const int most = 12;
        HashSet<int> entries = [];
        Image image = await recipe.OpenAsync(new MemoryStorage(original.Bytes, "victim")).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            HostRange[] tables = [.. image.Describe().Regions
                .Where(region => region.Name.EndsWith("table", StringComparison.Ordinal))
                .Select(region => region.Range)];
            MemoryStorage empty = await recipe.CreateAsync(image.Length).ConfigureAwait(false);
            byte[] before = empty.ToArray();
            foreach (HostRange table in tables)
            {
                int start = (int)table.Start.Value;
                int end = (int)Math.Min(table.End, (ulong)before.Length);
                entries.UnionWith([start, start + 4, start + 8, end - 8]);
                entries.UnionWith(Enumerable.Range(0, (end - start) / 4).Select(word => start + 4 * word)
                    .Where(at => !before.AsSpan(at, 4).SequenceEqual(original.Bytes.AsSpan(at, 4)))
                    .Take(most));
            }

            entries.UnionWith(await LeafEntriesAsync(image, original, tables).ConfigureAwait(false));
        }

        return [.. entries.Where(at => at >= 0 && at + 8 <= original.Bytes.Length).Order()];
    }

    private static IEnumerable<ulong> Tables(Image image) => image.Describe().Regions
        .Where(region => region.Name.EndsWith("table", StringComparison.Ordinal))
        .Select(region => region.Range.Start.Value);

    /// <summary>
    /// Words outside the header, the first table and all clusters that are not zero: leaf tables' entries.
    /// </summary>
    private static async Task<IEnumerable<int>> LeafEntriesAsync(Image image, Victim original, HostRange[] tables)
    {
        const int most = 8;
        RecordedChanges places = await RecordedChanges.OfAsync(image).ConfigureAwait(false);
        ulong from = tables.Select(table => table.End).DefaultIfEmpty(ulong.MaxValue).Max();
        return [.. Enumerable.Range(0, original.Bytes.Length / 8).Select(word => word * 8)
            .Where(at => (ulong)at >= from && original.Bytes.AsSpan(at, 8).IndexOfAnyExcept((byte)0) >= 0)
            .Where(at => places.StepOf(new HostRange((ulong)at, 8)) is Step.Leaf)
            .Take(most)];
    }
}
