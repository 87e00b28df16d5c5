namespace BlockGen.Drivers.Tests.Crashes;

/// <summary>What a flush keeps back until it is done.</summary>
public enum FlushBefore
{
    /// <summary>Nothing that these tests leave out: the dirty mark.</summary>
    Anything,

    /// <summary>The first table that is written.</summary>
    Tables,

    /// <summary>The answer to the guest, once the tables are written.</summary>
    Return,
}

/// <summary>A storage that leaves out one kind of the flushes that a guest's flush consists of.</summary>
internal sealed class MissingBarrierStorage(IStorage inner, FlushBefore missing) : StorageFilter(inner)
{
    private bool _willWriteTables;
    private bool _hasWrittenTables;
    private bool _hasJustMarked;

    /// <summary>Flushes left out so far.</summary>
    public int LeftOutCount { get; private set; }

    private bool HasDirtyMark =>
        Name.EndsWith("qed", StringComparison.Ordinal) || Name.EndsWith("parallels", StringComparison.Ordinal);

    /// <summary>A guest's flush begins.</summary>
    public void BeginGuestFlush(Image image)
    {
        _willWriteTables = image is MappedImage { Tables.IsDirty: true };
        _hasWrittenTables = false;
        _hasJustMarked = false;
    }

    public override ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        _hasWrittenTables |= offset.Value != 0;
        // A dirty mark is flushed by itself: VDI's header has none and goes with the data.
        _hasJustMarked = offset.Value == 0 && HasDirtyMark;
        return Inner.WriteAsync(offset, source, cancellation);
    }

    public override ValueTask FlushAsync(CancellationToken cancellation)
    {
        FlushBefore kind = _hasJustMarked
            ? FlushBefore.Anything
            : _willWriteTables && !_hasWrittenTables ? FlushBefore.Tables : FlushBefore.Return;
        _hasJustMarked = false;
        if (kind == missing && kind is not FlushBefore.Anything)
        {
            LeftOutCount++;
            return ValueTask.CompletedTask;
        }

        return Inner.FlushAsync(cancellation);
    }
}
