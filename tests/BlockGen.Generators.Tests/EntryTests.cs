using BlockGen.Generators.Tests.Declarations;

namespace BlockGen.Generators.Tests;

/// <summary>What generated table entries mean and how they are made.</summary>
public class EntryTests
{
    [Theory]
    [InlineData(0, MappingKind.Unallocated)]
    [InlineData(1, MappingKind.Zero)]
    [InlineData(2, MappingKind.Data)]
    [InlineData(ulong.MaxValue, MappingKind.Data)]
    public void Values_are_compared_whole(ulong raw, MappingKind kind) => Assert.Equal(kind, new WholeEntry(raw).Kind);

    [Theory]
    [InlineData(0x4000_0000_0000_0001, MappingKind.Compressed, 0)]
    [InlineData(0x0000_0000_0001_0001, MappingKind.Zero, 0x80)]
    [InlineData(0x8000_0000_0000_0000, MappingKind.Unallocated, 0)]
    [InlineData(0x8000_0000_0001_0000, MappingKind.Data, 0x80)]
    public void Values_are_compared_under_their_mask_from_top_to_bottom(ulong raw, MappingKind kind, ulong units)
    {
        FlaggedEntry entry = new(raw);
        Assert.Equal((kind, units, raw), (entry.Kind, entry.Units, entry.Bits));
    }

    [Theory]
    [InlineData(MappingKind.Unallocated, 9, true, 0)]
    [InlineData(MappingKind.Zero, 9, true, 1)]
    [InlineData(MappingKind.Data, 0x10000, true, 0x10000)]
    [InlineData(MappingKind.Data, 0, false, 0)]
    [InlineData(MappingKind.Data, 1, false, 0)]
    [InlineData(MappingKind.Table, 0x10000, false, 0)]
    public void What_reads_back_as_another_kind_is_not_made(MappingKind kind, ulong units, bool made, ulong raw) =>
        AssertMade<WholeEntry>(kind, units, made, raw);

    [Theory]
    [InlineData(MappingKind.Data, 0x7F, true, 0xFE00)]
    [InlineData(MappingKind.Compressed, 0x7F, true, 0x4000_0000_0000_FE00)]
    [InlineData(MappingKind.Data, 1UL << 47, false, 0)]
    [InlineData(MappingKind.Data, 1UL << 60, false, 0)]
    public void Units_are_shifted_into_their_mask_and_must_fit(MappingKind kind, ulong units, bool made, ulong raw) =>
        AssertMade<FlaggedEntry>(kind, units, made, raw);

    [Theory]
    [InlineData(MappingKind.Unallocated, 0, true, 0xFFFFFFFF)]
    [InlineData(MappingKind.Zero, 0, true, 0xFFFFFFFE)]
    [InlineData(MappingKind.Data, 0, true, 0)]
    [InlineData(MappingKind.Data, 0xFFFFFFFD, true, 0xFFFFFFFD)]
    [InlineData(MappingKind.Data, 0xFFFFFFFE, false, 0)]
    [InlineData(MappingKind.Data, 0x1_0000_0000, false, 0)]
    public void Narrow_entries_hold_32_bits(MappingKind kind, ulong units, bool made, ulong raw) =>
        AssertMade<NarrowEntry>(kind, units, made, raw);

    [Theory]
    [InlineData(MappingKind.Data, 3, true, 0x300006)]
    [InlineData(MappingKind.Zero, 3, true, 2)]
    [InlineData(MappingKind.Unallocated, 3, true, 0)]
    public void A_state_and_its_units_share_an_entry(MappingKind kind, ulong units, bool made, ulong raw) =>
        AssertMade<StateEntry>(kind, units, made, raw);

    [Fact]
    public void Entries_are_stored_in_their_byte_order()
    {
        byte[] big = new byte[8];
        FlaggedEntry.Store(ref big[0], new FlaggedEntry(0x0102030405060708));
        Assert.Equal("0102030405060708", Convert.ToHexString(big));
        Assert.Equal(0x0102030405060708UL, FlaggedEntry.Load(ref big[0]).Bits);

        byte[] little = new byte[4];
        NarrowEntry.Store(ref little[0], new NarrowEntry(0x01020304));
        Assert.Equal("04030201", Convert.ToHexString(little));
        Assert.Equal(0x01020304UL, NarrowEntry.Load(ref little[0]).Bits);
        Assert.Equal((8, 4), (FlaggedEntry.Size, NarrowEntry.Size));
    }

    private static void AssertMade<TEntry>(MappingKind kind, ulong units, bool made, ulong raw)
        where TEntry : struct, ITableEntry<TEntry>
    {
        bool succeeded = TEntry.TryMake(kind, units, out TEntry entry);
        Assert.Equal(made, succeeded);
        if (made)
        {
            Assert.Equal((raw, kind), (entry.Bits, entry.Kind));
        }
    }
}
