namespace BlockGen.Generators.Tests.Declarations;

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Zero, Equal = 1)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct WholeEntry(ulong Raw);

[TableEntry(ByteOrder.Big, HostMask = 0x00FF_FFFF_FFFF_FE00)]
[EntryIs(MappingKind.Compressed, Mask = 1UL << 62, Equal = 1UL << 62)]
[EntryIs(MappingKind.Zero, Mask = 1, Equal = 1)]
[EntryIs(MappingKind.Unallocated, Mask = 0x00FF_FFFF_FFFF_FE00, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct FlaggedEntry(ulong Raw);

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0xFFFFFFFF)]
[EntryIs(MappingKind.Zero, Equal = 0xFFFFFFFE)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct NarrowEntry(uint Raw);

[TableEntry(ByteOrder.Little, HostMask = 0xFFFF_FFFF_FFF0_0000)]
[EntryIs(MappingKind.Data, Mask = 7, Equal = 6)]
[EntryIs(MappingKind.Zero, Mask = 7, Equal = 2)]
[EntryIs(MappingKind.Unallocated, Otherwise = true)]
public readonly partial record struct StateEntry(ulong Raw);
