internal readonly record struct Part(ulong Start, ulong Length);

internal sealed class Loader(IStorage storage)
{
    public async ValueTask ReadAsync(byte[] head, byte[] bytes, CancellationToken cancellation)
    {
        await storage.ReadAsync(new HostOffset(0), head, cancellation);
        Part part = new(
            BinaryPrimitives.ReadUInt64BigEndian(head), BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(8)));
        if (part is { Start: > 512 and var start })
        {
            await storage.ReadAsync(new HostOffset(start), bytes, cancellation); // expect: BG5007
        }
    }
}
