using System.Buffers.Binary;
using BlockGen.Drivers.Qed;

namespace BlockGen.Drivers.Tests.Tables;

/// <summary>A walk over a table shows what is in it, however it lies in the storage.</summary>
public sealed class TableWalkTests
{
    private const ulong TableStart = 4096;
    private const ulong FirstIndex = 1000;
    private const int EntryCount = 100_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(5000)]
    public async Task Every_mapped_entry_is_shown_once_and_in_order(int longestRun)
    {
        ulong[] entries = RandomEntries(longestRun);
        MemoryStorage storage = await StoreAsync(entries);
        Assert.Equal(Expected(entries), await WalkAsync(storage));
    }

    [Fact]
    public async Task A_hole_smaller_than_an_entry_hides_none()
    {
        ulong[] entries = RandomEntries(2);
        HoledStorage storage = new(await StoreAsync(entries));
        Assert.Equal(Expected(entries), await WalkAsync(storage));
    }

    private static ulong[] RandomEntries(int longestRun)
    {
        Random random = new(longestRun);
        ulong[] entries = new ulong[EntryCount];
        for (int at = 0; at < EntryCount;)
        {
            int end = Math.Min(EntryCount, at + random.Next(1, longestRun + 1));
            ulong value = random.Next(3) switch { 0 => 0, 1 => 1, _ => 65536UL * (ulong)random.Next(1, 1 << 20) };
            entries.AsSpan(at, end - at).Fill(value);
            at = end;
        }

        return entries;
    }

    private static async Task<MemoryStorage> StoreAsync(ulong[] entries)
    {
        byte[] bytes = new byte[entries.Length * sizeof(ulong)];
        for (int i = 0; i < entries.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), entries[i]);
        }

        MemoryStorage storage = new();
        await storage.WriteAsync(new HostOffset(TableStart), bytes, CancellationToken.None);
        return storage;
    }

    private static List<MappedEntry> Expected(ulong[] entries)
    {
        List<MappedEntry> expected = [];
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i] != 0)
            {
                MappingKind kind = entries[i] == 1 ? MappingKind.Zero : MappingKind.Data;
                ulong at = TableStart + (ulong)(i * sizeof(ulong));
                expected.Add(new MappedEntry(FirstIndex + (ulong)i, at, kind, entries[i]) { Bits = entries[i] });
            }
        }

        return expected;
    }

    private static async Task<List<MappedEntry>> WalkAsync(IStorage storage)
    {
        TableLevel<QedL2Entry> level = new(
            new TableCache(storage, 0), TableRole.Leaf, EntryCount * sizeof(ulong), EntryUnits.ByteOffsets, 65536);
        List<MappedEntry> shown = [];
        await level.VisitAsync(
            storage,
            TableStart,
            FirstIndex,
            EntryCount,
            entries => shown.AddRange(entries),
            CancellationToken.None);
        return shown;
    }

    /// <summary>Takes bytes that happen to be zero for holes, however few they are.</summary>
    private sealed class HoledStorage(IStorage inner) : StorageFilter(inner)
    {
        public override async ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation)
        {
            byte[] bytes = new byte[Math.Min(range.Length, 64)];
            await Inner.ReadAsync(range.Start, bytes, cancellation);
            bool isHole = bytes[0] == 0;
            int length = isHole ? bytes.AsSpan().IndexOfAnyExcept((byte)0) : bytes.AsSpan().IndexOf((byte)0);
            return new StorageExtent((ulong)(length < 0 ? bytes.Length : length), isHole);
        }
    }
}
