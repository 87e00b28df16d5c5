[DiskStruct(ByteOrder.Big)]
public readonly partial record struct Head
{
    public uint SnapshotCount { get; init; }
}

internal sealed class Loader
{
    public static ulong Sum(Head header)
    {
        ulong sum = 0;
        for (uint i = 0; i < header.SnapshotCount; i++) // expect: BG5003
        {
            sum += i;
        }

        return sum;
    }
}
