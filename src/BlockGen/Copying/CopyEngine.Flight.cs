namespace BlockGen;

internal sealed partial class CopyEngine
{
    private async Task CopyInFlightAsync(CopyRun chunk, bool waitsForClaim, CancellationTokenSource stop)
    {
        try
        {
            if (await CopyAsync(chunk, waitsForClaim, stop.Token).ConfigureAwait(false) is { } copied)
            {
                Advance(chunk.Range.Length, copied, stop);
            }
            else
            {
                lock (_lock)
                {
                    _deferred.Enqueue(chunk);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nothing was stored; whoever cancelled knows.
        }
        catch (Exception exception)
        {
            OnCopyError(chunk, exception, stop);
        }
        finally
        {
            Gate.End();
        }
    }

    /// <summary>Copies one chunk; null when it must be left for later.</summary>
    private async ValueTask<ulong?> CopyAsync(CopyRun chunk, bool waitsForClaim, CancellationToken cancellation)
    {
        // Whoever holds a buffer never waits for a claim: guest writes hold a claim while they wait for a buffer.
        if (waitsForClaim)
        {
            using RangeTicket turn = await _policy.ClaimAsync(chunk.Range, cancellation).ConfigureAwait(false);
            using BounceBuffer? own = await RentAsync(chunk, cancellation).ConfigureAwait(false);
            return await CopyClaimedAsync(chunk, own, cancellation).ConfigureAwait(false);
        }

        using BounceBuffer? bounce = await RentAsync(chunk, cancellation).ConfigureAwait(false);
        if (!_policy.TryClaim(chunk.Range, out RangeTicket claim))
        {
            return null;
        }

        using (claim)
        {
            return await CopyClaimedAsync(chunk, bounce, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<BounceBuffer?> RentAsync(CopyRun chunk, CancellationToken cancellation) =>
        chunk.Action is CopyAction.Copy
            ? await _bounce.RentAsync((int)chunk.Range.Length, cancellation).ConfigureAwait(false)
            : null;

    private async ValueTask<ulong> CopyClaimedAsync(
        CopyRun chunk, BounceBuffer? bounce, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (bounce is null)
        {
            await _policy.ZeroAsync(chunk.Range, cancellation).ConfigureAwait(false);
            return 0;
        }

        long begun = _time.GetTimestamp();
        ulong copied = await _policy.CopyAsync(chunk.Range, bounce.Memory, cancellation).ConfigureAwait(false);
        _sizer.Record(chunk.Range.Length, _time.GetElapsedTime(begun));
        return copied;
    }
}
