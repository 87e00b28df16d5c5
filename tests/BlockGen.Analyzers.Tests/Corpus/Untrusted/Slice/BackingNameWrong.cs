// CVE-2014-0144, QEMU's qcow2 driver (commit a1b3955c94): backing_file_offset was used unchecked.
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
