namespace BlockGen.Cli;

/// <summary>A layer's allocation as text: one character for each of the equal parts of the disk.</summary>
internal static class AllocationPicture
{
    public const string Legend = "█ all data  ▓▒░ partly data  o zeroes  · nothing  (blank) past the layer's end";

    private const int Columns = 64;
    private const int MostRows = 2;
    private const ulong SmallestPart = 4096;

    /// <summary>Bytes that one character stands for.</summary>
    public static ulong PartBytes(ulong diskBytes, ulong clusterBytes)
    {
        ulong part = Math.Max(clusterBytes, SmallestPart);
        while (part < diskBytes / (Columns * MostRows) + 1 && part * Columns * MostRows < diskBytes)
        {
            part *= 2;
        }

        return part;
    }

    /// <summary>The picture's rows.</summary>
    /// <param name="layer">The layer; those behind it are not looked at.</param>
    /// <param name="diskBytes">Bytes of the disk that is drawn: the top layer's, also for shorter ones.</param>
    /// <param name="partBytes">Bytes for one character.</param>
    /// <param name="cancellation">Ends the drawing.</param>
    public static async ValueTask<IReadOnlyList<string>> DrawAsync(
        Image layer, ulong diskBytes, ulong partBytes, CancellationToken cancellation)
    {
        Part[] parts = new Part[(int)((diskBytes + partBytes - 1) / partBytes)];
        ulong end = Math.Min(layer.Length, diskBytes);
        for (ulong at = 0; at < end;)
        {
            Extent extent = await layer.MapAsync(new GuestRange(at, end - at), cancellation);
            AddTo(parts, extent, partBytes);
            at += extent.Length;
        }

        char[] picture = new char[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            ulong start = (ulong)index * partBytes;
            ulong bytes = start < end ? Math.Min(partBytes, end - start) : 0;
            picture[index] = parts[index].Draw(bytes);
        }

        return [.. picture.Chunk(Columns).Select(row => new string(row))];
    }

    private static void AddTo(Part[] parts, Extent extent, ulong partBytes)
    {
        if (!extent.IsAllocated)
        {
            return;
        }

        bool isZero = extent.Kind is MappingKind.Zero;
        for (ulong at = extent.Range.Start.Value; at < extent.Range.End;)
        {
            ulong index = at / partBytes;
            ulong bytes = Math.Min((index + 1) * partBytes, extent.Range.End) - at;
            parts[index] = parts[index].Plus(isZero ? 0 : bytes, isZero ? bytes : 0);
            at += bytes;
        }
    }

    private readonly record struct Part(ulong DataBytes, ulong ZeroBytes)
    {
        public Part Plus(ulong data, ulong zero) => new(DataBytes + data, ZeroBytes + zero);

        public char Draw(ulong partBytes) => (partBytes, DataBytes, ZeroBytes) switch
        {
            (0, _, _) => ' ',
            (_, 0, 0) => '·',
            (_, 0, _) => 'o',
            _ when DataBytes == partBytes => '█',
            _ when DataBytes * 3 > partBytes * 2 => '▓',
            _ when DataBytes * 3 > partBytes => '▒',
            _ => '░',
        };
    }
}
