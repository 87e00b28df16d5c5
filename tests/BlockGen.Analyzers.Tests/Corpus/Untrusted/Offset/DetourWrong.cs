[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct Slot(uint Raw);

internal sealed class Loader(IStorage storage, Stream stream)
{
    public ValueTask EntryAsync(Slot slot, Memory<byte> cluster, CancellationToken cancellation) =>
        storage.ReadAsync(new HostOffset(slot.Raw * 65536UL), cluster, cancellation); // expect: BG5007

    public void Seek(ReadOnlySpan<byte> header)
    {
        stream.Position = BinaryPrimitives.ReadInt64LittleEndian(header); // expect: BG5007
    }

    public async ValueTask BehindAsync(ReadOnlyMemory<byte> header, byte[] table, CancellationToken cancellation)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(header.Span);
        if (offset < storage.Length)
        {
            throw new InvalidDataException();
        }

        await storage.WriteAsync(new HostOffset(offset), table, cancellation); // expect: BG5007
    }
}
