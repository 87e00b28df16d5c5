namespace BlockGen.Cli;

/// <summary>
/// What the disk must hold, byte for byte: kept beside the image and never read from it. Guests write outside the file
/// tree, each one to stripes of its own, so that the outcome does not depend on who is faster.
/// </summary>
internal sealed class TourDisk
{
    public const int Bytes = 96 << 20;

    private const int TreeStart = 1 << 20;
    private const int FillBytes = 256 << 10;

    // No multiple of anything: neighbours share clusters, sectors and words.
    private const int StripeBytes = 37_123;

    private readonly byte[] _content = new byte[Bytes];
    private readonly int _guests;

    private TourDisk(FileTree tree, int guests)
    {
        Tree = tree;
        _guests = guests;
    }

    public FileTree Tree { get; }

    /// <summary>Where the file tree lies.</summary>
    public Range TreeRange => TreeStart..(TreeStart + Tree.Archive.Length);

    private int FirstStripe => (TreeRange.End.Value + StripeBytes - 1) / StripeBytes;

    private static int StripeCount => Bytes / StripeBytes;

    /// <summary>A disk as it is before any guest writes: a file tree, and data with holes behind it.</summary>
    public static TourDisk Make(int seed, int guests)
    {
        TourDisk disk = new(FileTree.Generate(seed), guests);
        disk.Tree.Archive.CopyTo(disk._content, TreeStart);
        Random random = new(seed + 1);
        int at = (disk.TreeRange.End.Value + FillBytes) / FillBytes * FillBytes;
        for (; at + FillBytes <= Bytes; at += FillBytes)
        {
            if (random.Next(100) < 45)
            {
                random.NextBytes(disk._content.AsSpan(at, FillBytes));
            }
        }

        return disk;
    }

    /// <summary>Writes the disk as a raw file with holes where it is zero.</summary>
    public async ValueTask WriteBaseAsync(string path, CancellationToken cancellation)
    {
        using FileStream file = File.Create(path);
        file.SetLength(Bytes);
        for (int at = 0; at < Bytes; at += FillBytes)
        {
            ReadOnlyMemory<byte> part = _content.AsMemory(at, FillBytes);
            if (part.Span.ContainsAnyExcept((byte)0))
            {
                file.Position = at;
                await file.WriteAsync(part, cancellation);
            }
        }
    }

    /// <summary>A range inside one of the guest's own stripes.</summary>
    public (int Start, int Length) PickOwn(int guest, Random random)
    {
        int rounds = (StripeCount - FirstStripe - guest - 1) / _guests;
        int start = (FirstStripe + guest + random.Next(rounds) * _guests) * StripeBytes;
        int skipped = random.Next(StripeBytes - 1);
        return (start + skipped, random.Next(1, StripeBytes - skipped));
    }

    /// <summary>What a guest's own range holds now.</summary>
    public ReadOnlySpan<byte> Expected(int start, int length) => _content.AsSpan(start, length);

    /// <summary>Notes that a guest has written to its own range.</summary>
    public void Note(int start, ReadOnlySpan<byte> written) => written.CopyTo(_content.AsSpan(start));
}
