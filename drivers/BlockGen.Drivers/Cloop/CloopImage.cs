namespace BlockGen.Drivers.Cloop;

/// <summary>The first 136 bytes of a cloop image, version 2.0. Specification: Debian, cloop-utils, README.</summary>
[DiskStruct(ByteOrder.Big, Size = 136)]
public readonly partial record struct CloopHeader
{
    /// <summary>A shell script's first lines, which identify the file.</summary>
    [FixedText(23), Magic("#!/bin/sh\n#V2.0 Format\n")]
    public string Magic { get; init; }

    /// <summary>The rest of the script, which mounts the image.</summary>
    [FixedText(105)]
    public string Script { get; init; }

    /// <summary>Bytes of the disk in one block, which is compressed by itself.</summary>
    [InRange(Min = 512, Max = 64 << 20), MultipleOf(512)]
    public uint BlockBytes { get; init; }

    /// <summary>Blocks. Their offsets follow this header, and the offset of the file's end.</summary>
    [InRange(Max = (1 << 26) - 1)]
    public uint BlockCount { get; init; }
}

/// <summary>Compressed loop: a read-only disk in blocks that are compressed with zlib.</summary>
[ImageFormat("cloop", Header = typeof(CloopHeader), HidesClusters = true)]
public sealed partial class CloopImage
{
    [GuestSize] private ulong DiskBytes => Header.BlockCount * (ulong)Header.BlockBytes;

    [ClusterSize] private uint BlockBytes => Header.BlockBytes;

    private HostRange Offsets => new((ulong)CloopHeader.Size, (Header.BlockCount + 1) * (ulong)sizeof(ulong));

    [LookupMethod]
    private async ValueTask<Extent> FindBlockAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong block = range.Start.Value / BlockBytes;
        CloopOffset start = await ReadEntryAsync<CloopOffset>(Offsets, block, cancellation).ConfigureAwait(false);
        CloopOffset end = await ReadEntryAsync<CloopOffset>(Offsets, block + 1, cancellation).ConfigureAwait(false);
        if (end.Raw < start.Raw || end.Raw - start.Raw > 2UL * BlockBytes || end.Raw > Storage.Length)
        {
            throw Fault<CloopOffset>(Offsets.Start, block, $"0x{start.Raw:x} to 0x{end.Raw:x} cannot hold a block");
        }

        GuestRange whole = new(block * BlockBytes, BlockBytes);
        CompressedUnit unit = new(whole, new HostRange(start.Raw, end.Raw - start.Raw), Decompressors.Zlib);
        return Extent.Compressed(range.Take(whole.End - range.Start.Value), unit);
    }
}

/// <summary>Where a compressed block starts; the next entry is where it ends.</summary>
[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Compressed, Otherwise = true)]
public readonly partial record struct CloopOffset(ulong Raw);
