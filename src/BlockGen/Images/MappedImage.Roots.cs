namespace BlockGen;

public abstract partial class MappedImage
{
    /// <summary>Shows what the snapshots inside the image name, and where they are listed.</summary>
    protected virtual ValueTask VisitSnapshotsAsync(MappingVisitor visitor, CancellationToken cancellation) =>
        ValueTask.CompletedTask;

    /// <summary>A wrong mark in words: entry, value, count.</summary>
    protected virtual string DescribeWrongMark(WrongMark mark) =>
        $"the entry of the {(mark.Level is MappingKind.Table ? "table" : "cluster")} at 0x{mark.Host:x} says that "
        + $"{(mark.SaysShared ? "something else names it too" : "nothing else names it")}: its count is {mark.Count}";

    /// <summary>Sets the marks of entries by how often the clusters are named that they name.</summary>
    protected virtual ValueTask RepairSharedMarksAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Shows everything that names host space, but the counts.</summary>
    private async ValueTask VisitAllAsync(MappingVisitor visitor, CancellationToken cancellation)
    {
        await VisitAsync(visitor, cancellation).ConfigureAwait(false);
        visitor.SharesSpace = true;
        await VisitSnapshotsAsync(visitor, cancellation).ConfigureAwait(false);
        visitor.SharesSpace = false;
    }

    /// <summary>
    /// Changes what the disk's tables are, past the tables in memory, durably. Guests' writes and copies wait meanwhile;
    /// reads go on. Space that is taken must be counted before something names it.
    /// </summary>
    /// <param name="change">The change; when it ends, whatever may have failed, the disk says what the image is.</param>
    /// <param name="cancellation">Cancels the waiting; what has begun is carried through.</param>
    protected async ValueTask ChangeRootsAsync(Func<CancellationToken, ValueTask> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        CheckWritable();
        using RangeTicket ticket = await Tracker
            .EnterAsync(new GuestRange(0, long.MaxValue), RangeAccess.Claim, cancellation).ConfigureAwait(false);
        await _writeBack.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await EnsureTailAsync(cancellation).ConfigureAwait(false);
            await WriteTablesAloneAsync(cancellation).ConfigureAwait(false);
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
            try
            {
                await change(CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                Tables.Clear();
                ForgetCompressed();
            }

            await WriteTablesAloneAsync(CancellationToken.None).ConfigureAwait(false);
            await Storage.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writeBack.Release();
        }
    }

    /// <summary>Gives the disk another length; the tables map it already.</summary>
    protected void SetDiskLength(ulong length)
    {
        MoveEndTo(length);
        SetLength(length);
    }
}
