namespace BlockGen;

public abstract partial class Image
{
    private const ulong KeptBytesAtOnce = 1 << 20;

    /// <summary>
    /// Answers the part of a guest read that this layer does not hold, from its backing image; where that is missing or
    /// too short, with zeroes. With <see cref="CopyOnRead"/> what was read is then stored here in the background.
    /// </summary>
    /// <param name="backing">
    /// The backing image, rented by the caller until this returns; null when there is none.
    /// </param>
    /// <param name="range">The part; inside the disk.</param>
    /// <param name="target">As long as the range.</param>
    /// <param name="cancellation">Cancels the read; never a store.</param>
    private protected ValueTask ReadThroughAsync(
        Image? backing, GuestRange range, GuestReadBuffer target, CancellationToken cancellation) =>
        CopyOnRead && !IsReadOnly && backing is not null && range.Start.Value < backing.Length
            ? ReadAndKeepAsync(backing, range, target, cancellation)
            : ReadPaddedAsync(backing, range, target, cancellation);

    /// <summary>Reads a layer that may be missing or end early; zeroes follow its end.</summary>
    internal static ValueTask ReadPaddedAsync(
        Image? layer, GuestRange range, GuestReadBuffer target, CancellationToken cancellation)
    {
        if (layer is null || range.Start.Value >= layer.Length)
        {
            target.Clear();
            return ValueTask.CompletedTask;
        }

        ulong present = layer.Length - range.Start.Value;
        if (present < range.Length)
        {
            target.Slice((int)present).Clear();
            target = target.Slice(0, (int)present);
        }

        return layer.ReadAsync(range.Start, target, cancellation);
    }

    private async ValueTask ReadAndKeepAsync(
        Image backing, GuestRange range, GuestReadBuffer target, CancellationToken cancellation)
    {
        ulong unit = Math.Max(ClusterBytes, 1);
        ulong stride = Math.Max(unit, KeptBytesAtOnce);
        while (range.Length > 0)
        {
            GuestRange part = range.Take(stride - range.Start.Value % stride);
            GuestRange whole = part.AlignOutward(unit).Take(Length - (part.Start.Value - part.Start.Value % unit));
            GuestReadBuffer asked = target.Slice(0, (int)part.Length);
            if (TryRentFor(whole) is not { } bounce)
            {
                _backgroundStores.CountDropped();
                await ReadPaddedAsync(backing, part, asked, cancellation).ConfigureAwait(false);
            }
            else if (await TryFillAsync(backing, whole, bounce, isWidened: whole != part, cancellation)
                .ConfigureAwait(false))
            {
                int skipped = (int)(part.Start.Value - whole.Start.Value);
                asked.Fill(bounce.Memory.Span.Slice(skipped, (int)part.Length));
                KeepInBackground(whole, bounce);
            }
            else
            {
                // The guest did not ask for the bytes around its own: their error is not its error.
                _backgroundStores.CountDropped();
                await ReadPaddedAsync(backing, part, asked, cancellation).ConfigureAwait(false);
            }

            target = target.Slice((int)part.Length);
            range = new GuestRange(range.Start + part.Length, range.Length - part.Length);
        }
    }

    private BounceBuffer? TryRentFor(GuestRange range) =>
        range.Length <= Bounce.CapacityBytes && range.Length <= int.MaxValue / 2
            ? Bounce.TryRent((int)range.Length)
            : null;

    private static async ValueTask<bool> TryFillAsync(
        Image backing, GuestRange range, BounceBuffer bounce, bool isWidened, CancellationToken cancellation)
    {
        bool isFilled = false;
        try
        {
            await ReadPaddedAsync(backing, range, bounce.Memory, cancellation).ConfigureAwait(false);
            isFilled = true;
        }
        catch (Exception exception) when (isWidened && StorageFault.Is(exception))
        {
            return false;
        }
        finally
        {
            if (!isFilled)
            {
                bounce.Dispose();
            }
        }

        return true;
    }

    private void KeepInBackground(GuestRange range, BounceBuffer bounce)
    {
        if (_backgroundStores.TryBegin())
        {
            // Never on the guest's thread: its read is complete now.
            _ = Task.Run(() => KeepAsync(range, bounce));
        }
        else
        {
            bounce.Dispose();
        }
    }

    private async Task KeepAsync(GuestRange range, BounceBuffer bounce)
    {
        KeepResult result = KeepResult.Failed;
        try
        {
            result = await TryKeepAsync(range, bounce).ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageFault.Is(exception) || exception is NotSupportedException)
        {
            // The guest has its data; the next read of this range tries again.
            result = KeepResult.Failed;
        }
        finally
        {
            bounce.Dispose();
            _backgroundStores.End(result);
        }
    }

    private async ValueTask<KeepResult> TryKeepAsync(GuestRange range, BounceBuffer bounce)
    {
        if (_backgroundStores.IsDraining || !Tracker.TryEnter(range, RangeAccess.Claim, out RangeTicket claim))
        {
            return KeepResult.Dropped;
        }

        using (claim)
        {
            if (ZeroRuns.IsZero(bounce.Memory.Span))
            {
                await StoreZeroesIfUnallocatedAsync(range, CancellationToken.None).ConfigureAwait(false);
            }
            else
            {
                await StoreIfUnallocatedAsync(range, bounce.Memory, CancellationToken.None).ConfigureAwait(false);
            }
        }

        return KeepResult.Kept;
    }
}
