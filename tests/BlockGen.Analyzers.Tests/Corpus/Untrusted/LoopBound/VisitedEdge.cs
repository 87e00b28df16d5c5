// A set of visited places, or a counter, ends a walk along offsets on the disk.
internal sealed class Chain(IStorage storage)
{
    private const int MaxNodes = 1000;

    public async ValueTask<int> WalkAsync(CancellationToken cancellation)
    {
        HashSet<ulong> visited = [];
        ulong next = 512;
        while (next != 0)
        {
            if (next > storage.Length || !visited.Add(next))
            {
                throw new InvalidDataException("the chain leads back to itself");
            }

            byte[] node = new byte[8];
            await storage.ReadAsync(new HostOffset(next), node, cancellation);
            next = BinaryPrimitives.ReadUInt64LittleEndian(node);
        }

        return visited.Count;
    }

    public async ValueTask<int> CountAsync(CancellationToken cancellation)
    {
        int count = 0;
        ulong next = 512;
        while (next != 0)
        {
            if (next > storage.Length || ++count > MaxNodes)
            {
                throw new InvalidDataException("the chain is too long");
            }

            byte[] node = new byte[8];
            await storage.ReadAsync(new HostOffset(next), node, cancellation);
            next = BinaryPrimitives.ReadUInt64LittleEndian(node);
        }

        return count;
    }
}
