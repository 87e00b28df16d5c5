using System.Numerics;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    /// <summary>
    /// The layout of a new image is QEMU's: the header, the refcount table, a refcount block, the L1 table.
    /// </summary>
    [Create] private static Qcow2Header NewHeader(Qcow2CreateOptions options)
    {
        bool isZstandard = options.CompressionType == "zstd";
        options.Check();
        if (options.ExtendedL2)
        {
            throw new NotSupportedException("images with extended_l2=on are only read");
        }

        ulong cluster = options.ClusterSize;
        ulong size = (options.Size + 511) & ~511UL;
        return new Qcow2Header
        {
            Magic = Qcow2Header.MagicValue,
            Version = options.IsVersion2 ? 2U : 3U,
            ClusterBits = (uint)BitOperations.Log2(cluster),
            DiskSize = size,
            L1EntryCount = L1EntryCountFor(size, cluster),
            L1TableOffset = new HostOffset(3 * cluster),
            RefcountTableOffset = new HostOffset(cluster),
            RefcountTableClusterCount = 1,
            IncompatibleFeatures = isZstandard ? Qcow2Features.CompressionType : Qcow2Features.None,
            CompatibleFeatures = options.LazyRefcounts ? LazyRefcounts : 0,
            RefcountOrder = (uint)BitOperations.Log2((ulong)options.CountBits),
            HeaderBytes = (uint)Qcow2Header.Size,
            CompressionType = isZstandard ? (byte)1 : (byte)0,
        };
    }
}
