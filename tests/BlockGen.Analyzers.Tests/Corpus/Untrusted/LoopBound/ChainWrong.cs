internal sealed class Chain(IStorage storage)
{
    public async ValueTask<int> LengthAsync(CancellationToken cancellation)
    {
        int length = 0;
        ulong next = 512;
        while (next != 0) // expect: BG5003
        {
            byte[] node = new byte[8];
            if (next > storage.Length)
            {
                break;
            }

            await storage.ReadAsync(new HostOffset(next), node, cancellation);
            next = BinaryPrimitives.ReadUInt64LittleEndian(node);
            length = (length + 1) % 1000;
        }

        return length;
    }
}
