// CVE-2014-0144, QEMU's qcow2 driver (commit ce48f2f441): the number of snapshots sized their table.
internal sealed class Snapshots(IStorage storage)
{
    public async ValueTask<List<ulong>> LoadAsync(CancellationToken cancellation)
    {
        byte[] header = new byte[104];
        await storage.ReadAsync(new HostOffset(0), header, cancellation);
        int count = checked((int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(60)));
        List<ulong> offsets = new(count); // expect: BG5001
        return offsets;
    }
}
