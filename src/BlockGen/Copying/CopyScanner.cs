namespace BlockGen;

/// <summary>
/// Cuts what a policy finds into chunks that begin and end on whole clusters, merging what goes together.
/// </summary>
/// <remarks>
/// Used by one thread at a time. A run may be scanned long before it is copied: mappings only ever grow.
/// </remarks>
internal sealed class CopyScanner(ICopyPolicy policy)
{
    private CopyRun _ahead; // scanned and not handed out; empty when there is none
    private ulong _position; // where _ahead begins

    /// <summary>Whether everything has been handed out.</summary>
    public bool IsAtEnd => _position >= policy.Length;

    /// <summary>
    /// The next chunk: a whole run to skip, or at most about <paramref name="maxBytes"/> to zero or to copy.
    /// </summary>
    public async ValueTask<CopyRun> NextAsync(
        ulong maxBytes, ulong maxZeroBytes, CancellationToken cancellation)
    {
        CopyRun chunk = await NextAlignedAsync(cancellation).ConfigureAwait(false);
        ulong limit = chunk.Action switch
        {
            CopyAction.Skip => ulong.MaxValue,
            CopyAction.Zero => maxZeroBytes,
            _ => maxBytes,
        };
        limit = Math.Max(limit - limit % policy.Granularity, policy.Granularity);
        while (chunk.Range.Length < limit && chunk.Range.End < policy.Length && chunk.Action is not CopyAction.Skip)
        {
            Consume(chunk.Range.Length, chunk.Range.Start.Value);
            ulong more = await LengthOfMoreAsync(chunk.Action, cancellation).ConfigureAwait(false);
            if (more == 0)
            {
                break;
            }

            chunk = chunk with { Range = new GuestRange(chunk.Range.Start, chunk.Range.Length + more) };
        }

        chunk = chunk.Take(limit);
        Consume(chunk.Range.Length, chunk.Range.Start.Value);
        return chunk;
    }

    /// <summary>Begins again.</summary>
    public void Rewind()
    {
        _ahead = default;
        _position = 0;
    }

    /// <summary>Gives up on the cluster that cannot be scanned. Returns how many bytes that are.</summary>
    public ulong PassOver()
    {
        ulong bytes = Math.Min(policy.Granularity, policy.Length - _position);
        _ahead = default;
        _position += bytes;
        return bytes;
    }

    private async ValueTask<ulong> LengthOfMoreAsync(CopyAction action, CancellationToken cancellation)
    {
        try
        {
            CopyRun next = await NextAlignedAsync(cancellation).ConfigureAwait(false);
            return next.Action == action ? next.Range.Length : 0;
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // What was found so far is handed out first; the next call meets the error again.
            return 0;
        }
    }

    /// <summary>The run at the position, cut to whole clusters; a cluster of unlike runs is copied.</summary>
    private async ValueTask<CopyRun> NextAlignedAsync(CancellationToken cancellation)
    {
        CopyRun run = await LookAheadAsync(_position, cancellation).ConfigureAwait(false);
        if (run.Range.End >= policy.Length || run.Range.End % policy.Granularity == 0)
        {
            return run;
        }

        ulong whole = run.Range.Length - run.Range.Length % policy.Granularity;
        return whole > 0
            ? run.Take(whole)
            : await CombineClusterAsync(run, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<CopyRun> CombineClusterAsync(CopyRun run, CancellationToken cancellation)
    {
        GuestRange cluster = new GuestRange(_position, policy.Length - _position).Take(policy.Granularity);
        CopyAction action = run.Action;
        for (ulong end = run.Range.End; end < cluster.End; end = run.Range.End)
        {
            run = await policy.ScanAsync(new GuestRange(end, policy.Length - end), cancellation).ConfigureAwait(false);
            action = run.Action == action ? action : CopyAction.Copy;
        }

        return _ahead = new CopyRun(cluster, action);
    }

    private async ValueTask<CopyRun> LookAheadAsync(ulong position, CancellationToken cancellation)
    {
        if (_ahead.Range.Length == 0)
        {
            _ahead = await policy.ScanAsync(new GuestRange(position, policy.Length - position), cancellation)
                .ConfigureAwait(false);
        }

        return _ahead;
    }

    private void Consume(ulong length, ulong from)
    {
        ulong end = from + length;
        ulong consumed = end - _position;
        _ahead = consumed < _ahead.Range.Length ? _ahead.Skip(consumed) : default;
        _position = end;
    }
}
