// CVE-2014-0144, QEMU's vpc driver (commit 97f1c45c6f): max_table_entries sized the block allocation table.
internal sealed class DynamicDisk
{
    private uint[] _table = [];

    public void Load(ReadOnlySpan<byte> header)
    {
        uint maxTableEntries = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        _table = new uint[maxTableEntries]; // expect: BG5001
        _table.AsSpan().Fill(uint.MaxValue);
    }
}
