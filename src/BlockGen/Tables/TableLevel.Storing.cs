namespace BlockGen;

public sealed partial class TableLevel<TEntry>
{
    /// <summary>
    /// Writes one entry straight to the storage. No page of its table may be in memory: it would not learn of it.
    /// </summary>
    /// <param name="storage">Where the tables are.</param>
    /// <param name="at">Where the entry is.</param>
    /// <param name="kind">What it becomes.</param>
    /// <param name="host">The table or cluster that it names; meaningless for kinds that name none.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    /// <exception cref="NotSupportedException">The format has no entry for that kind.</exception>
    public ValueTask StoreAsync(
        IStorage storage, HostOffset at, MappingKind kind, HostOffset host, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ulong units = kind is MappingKind.Data or MappingKind.Table ? _units.FromHost(host.Value) : 0;
        if (!TEntry.TryMake(kind, units, out TEntry entry))
        {
            throw new NotSupportedException($"{typeof(TEntry).Name} has no entry for {kind}");
        }

        byte[] bytes = new byte[TEntry.Size];
        TEntry.Store(ref bytes[0], entry);
        return storage.WriteAsync(at, bytes, cancellation);
    }
}
