// CVE-2014-0144, QEMU's qcow2 driver: the backing file's name was taken from an offset that nobody had checked.
[DiskStruct(ByteOrder.Big)]
public readonly partial record struct Head
{
    public uint NameOffset { get; init; }
    public ushort NameBytes { get; init; }
}

internal static class Names
{
    public static byte[] Name(Head header, ReadOnlySpan<byte> sector) =>
        sector.Slice(checked((int)header.NameOffset), header.NameBytes).ToArray(); // expect: BG5005
}
