using System.Buffers.Binary;

namespace BlockGen.Fuzz;

/// <summary>Where a file has numbers, as far as its format's declarations tell.</summary>
/// <param name="Fields">The header's fields.</param>
/// <param name="Tables">Tables that the header names, and what their entries point at.</param>
internal sealed record FilePlaces(IReadOnlyList<FieldLayout> Fields, IReadOnlyList<HostRange> Tables)
{
    private const int MostTables = 16;
    private const int MostPointedAtBytes = 4096;

    /// <summary>Asks the declarations; a file that does not open has only its header's fields.</summary>
    public static FilePlaces Find(ImageFormat format, byte[] file)
    {
        FieldLayout[] fields = [.. format.HeaderFields.Where(field => field.Offset + field.Size <= file.Length)];
        List<HostRange> tables = [];
        if (TryDescribe(format, file) is { } description)
        {
            tables.AddRange(description.Regions.Select(region => region.Range)
                .Where(range => range.Length > 0 && range.Start.Value < (ulong)file.Length));
            foreach (HostRange table in tables.ToArray())
            {
                tables.AddRange(PointedAt(file, table).Take(MostTables));
            }
        }

        return new FilePlaces(fields, tables);
    }

    private static ImageDescription? TryDescribe(ImageFormat format, byte[] file)
    {
        OpenOptions options = new() { ReadOnly = true, OpenBacking = false };
        try
        {
            using Task<Image> open = new FormatRegistry([format])
                .OpenAsync(new MemoryStorage(file), format.Name, options, CancellationToken.None).AsTask();
            return open.GetAwaiter().GetResult().Describe();
        }
        catch (ImageException)
        {
            return null;
        }
    }

    /// <summary>What entries of 8 bytes point at: the next level's tables are there.</summary>
    private static IEnumerable<HostRange> PointedAt(byte[] file, HostRange table)
    {
        int end = (int)Math.Min(table.End, (ulong)file.Length) - sizeof(ulong);
        for (int at = (int)table.Start.Value; at <= end; at += sizeof(ulong))
        {
            ulong raw = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            if (raw == 0)
            {
                continue;
            }

            foreach (ulong place in (ulong[])[raw, BinaryPrimitives.ReverseEndianness(raw) & ~(1UL << 63)])
            {
                if (place >= 512 && place < (ulong)file.Length)
                {
                    yield return new HostRange(place, Math.Min(MostPointedAtBytes, (ulong)file.Length - place));
                }
            }
        }
    }
}
