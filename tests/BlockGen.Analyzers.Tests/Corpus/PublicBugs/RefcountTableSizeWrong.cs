// CVE-2014-0144, QEMU's qcow2 driver (commit 5dab2faddc): the header sized the refcount table in memory.
internal sealed class Refcounts(IStorage storage)
{
    public async ValueTask<byte[]> LoadAsync(CancellationToken cancellation)
    {
        byte[] header = new byte[72];
        await storage.ReadAsync(new HostOffset(0), header, cancellation);
        ulong clusterCount = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(56));
        return GC.AllocateUninitializedArray<byte>(checked((int)(clusterCount * 65536))); // expect: BG5001
    }
}
