internal sealed class Loader(IStorage storage)
{
    public async ValueTask ReadAsync(byte[] head, byte[] bytes, CancellationToken cancellation)
    {
        await storage.ReadAsync(new HostOffset(0), head, cancellation);
        ulong start = BinaryPrimitives.ReadUInt64BigEndian(head);
        switch (start)
        {
            case 0:
                return;
            case ulong far when far >= storage.Length:
                throw new InvalidDataException($"{far} is past the end");
        }

        await storage.ReadAsync(new HostOffset(start), bytes, cancellation);
    }
}
