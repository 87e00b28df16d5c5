namespace BlockGen;

public abstract partial class MappedImage
{
    private const int MaxCopyBytes = 1 << 20;

    /// <summary>Puts wrong entries right, step by step; false when some are still wrong.</summary>
    private async ValueTask<bool> RepairEntriesAsync(CancellationToken cancellation)
    {
        for (int round = 0; round < MaxRepairRounds; round++)
        {
            ForgetSpace();
            RepairVisitor visitor = new(Geometry, HostEnd, GuestClusterCount) { CountsUses = Counts is not null };
            await VisitAllAsync(visitor, cancellation).ConfigureAwait(false);
            if (visitor.ErrorCount == 0)
            {
                return true;
            }

            RepairStep step = visitor.NextStep();
            if (step.ToEmpty.Count > 0)
            {
                await EmptyAsync(step.ToEmpty, cancellation).ConfigureAwait(false);
            }
            else
            {
                // What is free cannot be told by counts that may be wrong.
                ulong? end = Counts is null ? null : Math.Max(Storage.Length, visitor.ImageEnd);
                await EnsureTailAtAsync(end, cancellation).ConfigureAwait(false);
                await GiveCopiesAsync(step.ToCopy, cancellation).ConfigureAwait(false);
            }
        }

        return false;
    }

    private async ValueTask EmptyAsync(IReadOnlyList<EntryUse> uses, CancellationToken cancellation)
    {
        await DistrustAsync(cancellation).ConfigureAwait(false);
        foreach (EntryUse use in uses)
        {
            HostOffset at = new(use.At);
            await StoreEntryAsync(use.Role, at, MappingKind.Unallocated, HostOffset.None, cancellation)
                .ConfigureAwait(false);
        }

        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask GiveCopiesAsync(IReadOnlyList<EntryUse> uses, CancellationToken cancellation)
    {
        List<EntryMove> moves = [];
        foreach (EntryUse use in uses)
        {
            moves.Add(new EntryMove(use, TakeSpace(use.Bytes).Value));
        }

        await MoveAsync(moves, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Copies tables or clusters into free space, then lets their entries name it. At every moment each entry names
    /// something whole.
    /// </summary>
    private async ValueTask MoveAsync(IReadOnlyList<EntryMove> moves, CancellationToken cancellation)
    {
        await DistrustAsync(cancellation).ConfigureAwait(false);
        foreach (EntryMove move in moves)
        {
            await CopyInsideAsync(move.Use.Host, move.To, move.Use.Bytes, cancellation).ConfigureAwait(false);
        }

        // A count may be too high for a while, never too low: others put the next cluster where it says.
        await WriteCountsAsync(cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        foreach (EntryMove move in moves)
        {
            HostOffset at = new(move.Use.At);
            MappingKind kind = move.Use.Role is TableRole.Root ? MappingKind.Table : MappingKind.Data;
            await StoreEntryAsync(move.Use.Role, at, kind, new HostOffset(move.To), cancellation).ConfigureAwait(false);
        }

        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask CopyInsideAsync(ulong from, ulong to, ulong bytes, CancellationToken cancellation)
    {
        for (ulong done = 0; done < bytes;)
        {
            HostRange rest = new(from + done, bytes - done);
            HostOffset target = new(to + done);
            StorageExtent extent = await Storage.MapAsync(rest, cancellation).ConfigureAwait(false);
            ulong length = Math.Min(extent.Length, rest.Length);
            if (extent.IsHole)
            {
                await Storage.WriteZeroesAsync(new HostRange(target, length), ZeroMode.MayUnmap, cancellation)
                    .ConfigureAwait(false);
            }
            else
            {
                length = Math.Min(length, Math.Min(MaxCopyBytes, Bounce.CapacityBytes));
                using BounceBuffer piece = await Bounce.RentAsync((int)length, cancellation).ConfigureAwait(false);
                await Storage.ReadAsync(rest.Start, piece.Memory, cancellation).ConfigureAwait(false);
                await Storage.WriteAsync(target, piece.Memory, cancellation).ConfigureAwait(false);
            }

            done += length;
        }
    }
}
