namespace BlockGen;

/// <summary>Zeroes for storages that have no better way than to write them.</summary>
internal static class ZeroBytes
{
    private const int ChunkBytes = 256 << 10;

    private static readonly AlignedMemory Zeroes = MakeZeroes();

    /// <summary>Writes a range of zeroes piece by piece.</summary>
    public static async ValueTask WriteAsync(IStorage target, HostRange range, CancellationToken cancellation)
    {
        ulong done = 0;
        while (done < range.Length)
        {
            // The first piece ends on a multiple of the chunk, so that the others are aligned.
            ulong offset = range.Start.Value + done;
            ulong count = Math.Min(range.Length - done, ChunkBytes - offset % ChunkBytes);
            await target.WriteAsync(new HostOffset(offset), Zeroes.Memory[..(int)count], cancellation)
                .ConfigureAwait(false);
            done += count;
        }
    }

    private static AlignedMemory MakeZeroes()
    {
        AlignedMemory memory = new(ChunkBytes, 4096);
        memory.Memory.Span.Clear();
        return memory;
    }
}
