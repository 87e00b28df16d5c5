using System.Buffers.Binary;
using System.IO.Compression;
using BlockGen.Drivers.Bochs;
using BlockGen.Drivers.Cloop;
using BlockGen.Drivers.Qcow2;

namespace BlockGen.Fuzz;

/// <summary>
/// Images of formats that can only be read: put together from their declared headers, as small as they can be, or QEMU's.
/// </summary>
internal static class ReadOnlySeeds
{
    private const int BlockBytes = 4096;

    /// <summary>Images of a format.</summary>
    public static IEnumerable<byte[]> For(string format) => format switch
    {
        "bochs" => [Bochs(0x10000), Bochs(0x20000)],
        "cloop" => [Cloop(blockCount: 0), Cloop(blockCount: 5)],
        "qcow2" => [Qcow2(2, Qcow2Features.None), Qcow2(3, Qcow2Features.None), Qcow2(3, Qcow2Features.ExtendedL2)],
        _ => QemuSeeds.For(format),
    };

    private static byte[] Bochs(uint version)
    {
        const uint blocks = 8;
        BochsHeader header = new()
        {
            Magic = "Bochs Virtual HD Image",
            Type = "Redolog",
            Subtype = "Growing",
            Version = version,
            CatalogOffset = 512,
            CatalogEntryCount = blocks,
            BitmapBytes = 1,
            BlockBytes = BlockBytes,
            Timestamp = version == 0x10000 ? blocks * BlockBytes : 0,
            DiskSize = version == 0x10000 ? 0 : blocks * BlockBytes,
        };
        byte[] file = new byte[512 + blocks * 4 + 3 * (512 + BlockBytes)];
        header.Write(file);
        for (int block = 0; block < blocks; block++)
        {
            uint place = block % 3 == 0 ? (uint)block / 3 : uint.MaxValue;
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512 + block * 4), place);
        }

        for (int start = 512 + (int)blocks * 4; start < file.Length; start += 512 + BlockBytes)
        {
            file[start] = 0b0110_1101;
            file.AsSpan(start + 512, BlockBytes).Fill(0xB0);
        }

        return file;
    }

    private static byte[] Cloop(int blockCount)
    {
        byte[] block = new byte[BlockBytes];
        new Random(1).NextBytes(block.AsSpan(0, 500));
        byte[] packed = Compressed(block, static target => new ZLibStream(target, CompressionLevel.Fastest));
        int start = CloopHeader.Size + (blockCount + 1) * sizeof(ulong);
        byte[] file = new byte[start + blockCount * packed.Length];
        new CloopHeader
        {
            Magic = "#!/bin/sh\n#V2.0 Format\n",
            Script = "exit $?\n",
            BlockBytes = BlockBytes,
            BlockCount = (uint)blockCount,
        }.Write(file);
        for (int index = 0; index <= blockCount; index++)
        {
            int at = start + index * packed.Length;
            BinaryPrimitives.WriteUInt64BigEndian(
                file.AsSpan(CloopHeader.Size + index * sizeof(ulong)), (ulong)at);
            packed.AsSpan(0, index < blockCount ? packed.Length : 0).CopyTo(file.AsSpan(at));
        }

        return file;
    }

    private static byte[] Qcow2(uint version, Qcow2Features features)
    {
        const int refcountTable = 1, l1 = 2, l2 = 3, data = 4, compressed = 5, clusterCount = 6;
        byte[] file = new byte[clusterCount * BlockBytes];
        new Qcow2Header
        {
            Magic = 0x514649fb,
            Version = version,
            ClusterBits = 12,
            DiskSize = 1 << 20,
            L1EntryCount = 1,
            L1TableOffset = new HostOffset(l1 * BlockBytes),
            RefcountTableOffset = new HostOffset(refcountTable * BlockBytes),
            RefcountTableClusterCount = 1,
            IncompatibleFeatures = features,
            RefcountOrder = 4,
            HeaderBytes = 104,
        }.Write(file);
        bool hasSubclusters = features.HasFlag(Qcow2Features.ExtendedL2);
        int entryBytes = hasSubclusters ? 16 : 8;
        byte[] packed = Compressed(
            new byte[BlockBytes], static target => new DeflateStream(target, CompressionLevel.Fastest));
        packed.CopyTo(file.AsSpan(compressed * BlockBytes));
        Set(l1 * BlockBytes, 1UL << 63 | l2 * BlockBytes);
        Set(l2 * BlockBytes, 1UL << 63 | data * BlockBytes);
        Set(l2 * BlockBytes + 3 * entryBytes, 1UL << 62 | compressed * BlockBytes);
        if (hasSubclusters)
        {
            Set(l2 * BlockBytes + 8, 0x0000_00F0_0000_0F0F);
        }
        else if (version == 3)
        {
            Set(l2 * BlockBytes + 5 * entryBytes, 1);
        }

        return file;

        void Set(int at, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(at), value);
    }

    private static byte[] Compressed(byte[] data, Func<Stream, Stream> pack)
    {
        using MemoryStream target = new();
        using (Stream packing = pack(target))
        {
            packing.Write(data);
        }

        return target.ToArray();
    }
}
