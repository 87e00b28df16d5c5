namespace BlockGen.Cli;

/// <summary>Compares the finished image with what it must hold.</summary>
internal static class TourVerification
{
    public const int BlockBytes = 4096;

    /// <summary>The guest offsets of the blocks that are wrong.</summary>
    public static async ValueTask<IReadOnlyList<int>> FindWrongBlocksAsync(
        Image image, TourDisk disk, CancellationToken cancellation)
    {
        const int ChunkBytes = 1 << 20;
        List<int> wrong = [];
        byte[] chunk = new byte[ChunkBytes];
        for (int start = 0; start < TourDisk.Bytes; start += ChunkBytes)
        {
            await image.ReadAsync(new GuestOffset((ulong)start), chunk, cancellation);
            for (int at = 0; at < ChunkBytes; at += BlockBytes)
            {
                ReadOnlySpan<byte> expected = disk.Expected(start + at, BlockBytes);
                if (!chunk.AsSpan(at, BlockBytes).SequenceEqual(expected))
                {
                    wrong.Add(start + at);
                }
            }
        }

        return wrong;
    }

    /// <summary>Reads the file tree from the image; what is wrong with it, nothing when all is right.</summary>
    public static async ValueTask<IReadOnlyList<string>> FindTreeFaultsAsync(
        Image image, TourDisk disk, CancellationToken cancellation)
    {
        byte[] archive = new byte[disk.Tree.Archive.Length];
        await image.ReadAsync(new GuestOffset((ulong)disk.TreeRange.Start.Value), archive, cancellation);
        return disk.Tree.FindFaults(archive);
    }
}
