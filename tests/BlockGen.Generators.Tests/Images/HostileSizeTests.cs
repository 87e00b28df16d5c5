namespace BlockGen.Generators.Tests.Images;

/// <summary>Sizes that a header's rules let through but no lookup can work with are refused when an image is opened.</summary>
public class HostileSizeTests
{
    [Fact]
    public async Task A_disk_that_two_levels_of_tables_cannot_map()
    {
        ImageException fault = await OpenGrainsAsync(new GrainHeader
        {
            Magic = "GRAIN", GrainBytes = 1024, TableBytes = 512, DiskBytes = (8UL << 20) + 1,
        });
        Assert.Contains("the tables map 8192 clusters", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_whose_table_is_too_short()
    {
        ImageException fault = await OpenSectorMapAsync(new SectorMapHeader
        {
            Signature = SectorMapHeader.SignatureValue, SectorsPerCluster = 4, DiskBytes = 2048 * 3, TableBytes = 8, BackingName = "",
        });
        Assert.Contains("the tables map 2 clusters", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_an_odd_number_of_entries()
    {
        MemoryStorage storage = new(1 << 16);
        await WriteAsync(storage, new OddHeader { TableBytes = 24, DiskBytes = 4096 });
        ImageException fault = await Assert.ThrowsAsync<ImageException>(
            async () => await OddTables.OpenAsync(storage, new OpenOptions(), CancellationToken.None));
        Assert.Contains("tables of 3 entries", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Clusters_that_are_no_power_of_two(uint clusterBytes)
    {
        MemoryStorage storage = new(1 << 16);
        await WriteAsync(storage, new OddHeader { TableBytes = 32, DiskBytes = 4096, ClusterBytesLess512 = unchecked(clusterBytes - 512) });
        ImageException fault = await Assert.ThrowsAsync<ImageException>(
            async () => await OddTables.OpenAsync(storage, new OpenOptions(), CancellationToken.None));
        Assert.Contains($"clusters of {clusterBytes} bytes", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ImageException> OpenGrainsAsync(GrainHeader header)
    {
        MemoryStorage storage = new(1 << 16);
        await WriteAsync(storage, header);
        return await Assert.ThrowsAsync<ImageException>(
            async () => await GrainTables.OpenAsync(storage, new OpenOptions(), CancellationToken.None));
    }

    private static async Task<ImageException> OpenSectorMapAsync(SectorMapHeader header)
    {
        MemoryStorage storage = new(1 << 16);
        await WriteAsync(storage, header);
        return await Assert.ThrowsAsync<ImageException>(
            async () => await SectorMap.OpenAsync(storage, new OpenOptions(), CancellationToken.None));
    }

    private static async Task WriteAsync<THeader>(MemoryStorage storage, THeader header)
        where THeader : struct, IDiskStruct<THeader>
    {
        byte[] bytes = new byte[THeader.Size];
        header.Write(bytes);
        await storage.WriteAsync(new HostOffset(0), bytes, CancellationToken.None);
    }
}

/// <summary>A header without the rules it should have.</summary>
[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct OddHeader
{
    public uint TableBytes { get; init; }

    public uint ClusterBytesLess512 { get; init; }

    public ulong DiskBytes { get; init; }

    internal HostOffset Root => new(4096);
}

/// <summary>Two levels whose sizes nobody checks.</summary>
[ImageFormat("odd", Header = typeof(OddHeader))]
[Lookup<OddRoot, OddLeaf>(Root = nameof(OddHeader.Root))]
public sealed partial class OddTables
{
    [GuestSize] private ulong DiskBytes => Header.DiskBytes;

    [ClusterSize] private uint ClusterSize => unchecked(Header.ClusterBytesLess512 + 512);

    [TableBytes] private uint TableSize => Header.TableBytes;
}

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct OddRoot(ulong Raw);

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct OddLeaf(ulong Raw);
