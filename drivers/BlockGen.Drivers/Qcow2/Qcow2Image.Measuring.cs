using BlockGen.Drivers.Luks;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    private const ulong MostL1Bytes = 32 << 20;

    [Measure] private static FileMeasure Measure(Qcow2CreateOptions options)
    {
        options.Check();
        ulong cluster = options.ClusterSize;
        ulong disk = ToClusters(options.Size, cluster);
        ulong leaf = ToClusters(disk * (ulong)(options.ExtendedL2 ? 2 * Qcow2L2Entry.Size : Qcow2L2Entry.Size), cluster);
        if (leaf * sizeof(ulong) > MostL1Bytes)
        {
            throw new OptionException("The image size is too large (try using a larger cluster size)");
        }

        ulong root = ToClusters(leaf * sizeof(ulong), cluster);
        ulong luks = options.Encryption is { } encryption
            ? ToClusters(LuksCreation.PayloadOffset(encryption), cluster)
            : 0;
        ulong counted = 1 + root + leaf + disk + luks;
        bool isSparse = options.Reserved is Preallocation.Off or Preallocation.Metadata;
        return new FileMeasure((counted + CountClusters(counted, cluster, (uint)options.CountBits)) * cluster)
        {
            ClusterBytes = isSparse ? options.ClusterSize : 0,
        };
    }

    /// <summary>Clusters of the reference counts, of their own clusters too.</summary>
    private static ulong CountClusters(ulong counted, ulong clusterBytes, uint countBits)
    {
        ulong blocks = 0;
        ulong table = 0;
        while (true)
        {
            ulong needed = ToClusters((counted + blocks + table) * countBits, clusterBytes * 8);
            ulong root = ToClusters(needed * sizeof(ulong), clusterBytes);
            if (needed == blocks && root == table)
            {
                return blocks + table;
            }

            (blocks, table) = (needed, root);
        }
    }

    private static ulong ToClusters(ulong bytes, ulong clusterBytes) =>
        bytes / clusterBytes + (bytes % clusterBytes == 0 ? 0UL : 1UL);
}
