namespace BlockGen.Drivers.Qcow;

public sealed partial class QcowImage
{
    private LegacyAes? _aes; // set while opening an encrypted image
    private TableCache? _ownTables; // as above: what the declared tables say of its clusters are no guest's bytes

    /// <inheritdoc/>
    public override bool IsEncrypted => Header.EncryptionMethod != 0;

    /// <inheritdoc/>
    protected override bool FindsByMethod => IsEncrypted;

    [WriteObstacle] private string? WriteObstacle => IsEncrypted ? "is encrypted with the legacy format 'aes'" : null;

    [Opening]
    private ValueTask UnlockAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IsEncrypted)
        {
            _aes = new LegacyAes(LegacyAes.RequireKey(DriverOptions.KeySecret, Options), Storage.Name);
            _ownTables = new TableCache(Storage, Options.TableCacheBytes);
        }

        return default;
    }

    /// <inheritdoc/>
    protected override async ValueTask<Extent> FindExtentAsync(GuestRange range, CancellationToken cancellation)
    {
        TableLevel<QcowL1Entry> l1 = new(
            _ownTables!, TableRole.Root, L1TableBytes, EntryUnits.ByteOffsets, ClusterSize);
        TableLevel<QcowL2Entry> l2 = new(_ownTables!, TableRole.Leaf, TableBytes, EntryUnits.ByteOffsets, ClusterSize);
        ulong cluster = range.Start.Value / ClusterSize;
        ulong l1Index = cluster / l2.EntryCount;
        QcowL1Entry root = await l1.LoadAsync(_firstTable, l1Index, cancellation).ConfigureAwait(false);
        if (root.Kind is MappingKind.Unallocated)
        {
            ulong end = (l1Index + 1) * l2.EntryCount * ClusterSize;
            return Extent.Unallocated(range.Take(end - range.Start.Value));
        }

        ulong table = l1.HostOf(root);
        if (!IsTable(table, TableBytes))
        {
            throw EntryFault(nameof(QcowL1Entry), _firstTable, l1Index, QcowL1Entry.Size, table);
        }

        ulong l2Index = cluster % l2.EntryCount;
        QcowL2Entry entry = await l2.LoadAsync(table, l2Index, cancellation).ConfigureAwait(false);
        ulong inCluster = range.Start.Value % ClusterSize;
        range = range.Take(ClusterSize - inCluster);
        ulong host = l2.HostOf(entry);
        return entry.Kind switch
        {
            _ when !IsSound(entry.Kind, host, entry.Bits) =>
                throw EntryFault(nameof(QcowL2Entry), table, l2Index, QcowL2Entry.Size, host),
            MappingKind.Compressed =>
                Extent.Compressed(range, Compressed(entry.Bits, new GuestRange(cluster * ClusterSize, ClusterSize))),
            MappingKind.Data => _aes!.Decrypting(Extent.Data(range, new HostOffset(host + inCluster))),
            _ => Extent.Unallocated(range),
        };
    }
}

/// <summary>What opens an encrypted image.</summary>
[CreateOptions]
public sealed partial record QcowKey
{
    /// <summary>How it is encrypted: <c>aes</c>.</summary>
    [Option("encrypt.format", Help = "Encryption format: aes")] public string? Format { get; init; }

    /// <summary>The password, which is the key.</summary>
    [Option("encrypt.key-secret", Help = "ID of the secret that provides the passphrase")]
    public Secret? KeySecret { get; init; }
}
