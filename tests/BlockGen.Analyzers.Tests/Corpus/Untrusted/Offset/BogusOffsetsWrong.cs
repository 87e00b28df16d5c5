// CVE-2014-0144, QEMU's cloop driver (commit f56b9bc3ae): bogus offsets of compressed blocks were followed.
internal sealed class Cloop(IStorage storage)
{
    public async ValueTask ReadBlockAsync(
        ReadOnlyMemory<byte> offsets, int block, Memory<byte> target, CancellationToken cancellation)
    {
        ulong offset = BinaryPrimitives.ReadUInt64BigEndian(offsets.Span[(block * 8)..]);
        await storage.ReadAsync(new HostOffset(offset), target, cancellation); // expect: BG5007
    }
}
