namespace BlockGen.Testing;

/// <summary>Compares what reached the disk, and when, with the declared order.</summary>
internal sealed class WriteOrderCheck(WriteOrder order, RecordedChanges changes, IReadOnlyList<GuestFlush> guestFlushes)
{
    /// <summary>The first change that came too early; null when all came in their turn.</summary>
    public string? FindDisorder(PowerCutStorage recording)
    {
        IReadOnlyList<PowerCutChange> all = recording.Changes;
        foreach (GuestFlush flush in guestFlushes)
        {
            PowerCutChange? mark = DirtyMarkOf(all, flush.Session);
            for (int i = flush.FirstChange; i < flush.EndChange; i++)
            {
                if (all[i] != mark && changes.StepOf(all[i]) is { } step && step is not Step.Data
                    && FindTooEarly(all, flush, mark, all[i], step) is { } disorder)
                {
                    return disorder;
                }
            }
        }

        return null;
    }

    /// <summary>What a recorded flush was for; null when nothing came of it.</summary>
    public Barrier? BarrierOf(PowerCutStorage recording, PowerCutFlush flush)
    {
        GuestFlush? guest = guestFlushes.FirstOrDefault(
            guest => flush.Index >= guest.FirstFlush && flush.Index < guest.EndFlush);
        if (guest is null)
        {
            return null;
        }

        if (flush.Index == guest.EndFlush - 1)
        {
            return Barrier.BeforeReturn;
        }

        IReadOnlyList<PowerCutChange> all = recording.Changes;
        PowerCutChange[] inside = [.. all.Skip(guest.FirstChange).Take(guest.EndChange - guest.FirstChange)];
        PowerCutChange? next = inside.FirstOrDefault(change => change.StartedAt > flush.CompletedAt);
        return next is not null && changes.StepOf(next) is { } step && step is not Step.Data
            ? new Barrier(step)
            : null;
    }

    /// <summary>
    /// Whether the disk after a power cut shows changes of tables in a session that had not been closed by then.
    /// </summary>
    public bool MustBeDirty(PowerCutStorage recording, PowerCutState state)
    {
        if (!order.HasDirtyMark)
        {
            return false;
        }

        IReadOnlyList<PowerCutChange> all = recording.Changes;
        HashSet<int> survivors = [.. state.Survivors.Select(survivor => survivor.Change)];
        bool IsOnDisk(PowerCutChange change) => change.DurableAt <= state.Cut || survivors.Contains(change.Index);

        foreach (IGrouping<int, GuestFlush> session in guestFlushes.GroupBy(flush => flush.Session))
        {
            int closedFrom = session.Max(flush => flush.EndChange);
            int end = guestFlushes.Where(flush => flush.Session > session.Key)
                .Select(flush => flush.FirstChange)
                .DefaultIfEmpty(all.Count)
                .Min();
            bool isClosed = all.Skip(closedFrom).Take(end - closedFrom)
                .Any(change => changes.StepOf(change) is Step.Header && change.StartedAt <= state.Cut);
            bool isChanged = session.Any(flush => all.Skip(flush.FirstChange).Take(flush.EndChange - flush.FirstChange)
                .Any(change => changes.StepOf(change) is Step.Leaf or Step.Root && IsOnDisk(change)));
            if (isChanged && !isClosed)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What survived and what was lost, in the words of the write order.</summary>
    public string Explain(PowerCutStorage recording, PowerCutState state)
    {
        HashSet<int> survivors = [.. state.Survivors.Select(survivor => survivor.Change)];
        ILookup<bool, string> words = recording.PendingAt(state.Cut)
            .ToLookup(change => survivors.Contains(change.Index), Describe);
        string List(bool survived) => words[survived].Any() ? string.Join(", ", words[survived].Take(6)) : "nothing";
        return $"{state}; on the disk although no flush vouched for it: {List(true)}; lost: {List(false)}";
    }

    private PowerCutChange? DirtyMarkOf(IReadOnlyList<PowerCutChange> all, int session)
    {
        if (!order.HasDirtyMark)
        {
            return null;
        }

        foreach (GuestFlush flush in guestFlushes.Where(flush => flush.Session == session))
        {
            PowerCutChange? mark = all.Skip(flush.FirstChange).Take(flush.EndChange - flush.FirstChange)
                .FirstOrDefault(change => changes.StepOf(change) is Step.Header);
            if (mark is not null)
            {
                return mark;
            }
        }

        return null;
    }

    private string? FindTooEarly(
        IReadOnlyList<PowerCutChange> all, GuestFlush flush, PowerCutChange? mark, PowerCutChange late, Step step)
    {
        foreach (Step earlier in order.Steps.Where(earlier => order.HasFlushBetween(earlier, step)))
        {
            if (earlier is Step.MarkDirty && mark is null)
            {
                return $"{Describe(late, step)} is written, and the dirty mark never was";
            }

            IEnumerable<PowerCutChange> first = earlier switch
            {
                Step.MarkDirty => [mark!],
                Step.Data => all.Take(flush.FirstChange),
                _ => all.Skip(flush.FirstChange).Take(flush.EndChange - flush.FirstChange)
                    .Where(change => change != mark && changes.StepOf(change) == earlier),
            };
            if (first.FirstOrDefault(change => change.DurableAt >= late.StartedAt) is { } early)
            {
                return $"{Describe(late, step)} is written before {Describe(early, earlier)} is durable; "
                    + $"the declaration has a Step.Flush between Step.{earlier} and Step.{step}";
            }
        }

        return null;
    }

    private string Describe(PowerCutChange change) =>
        changes.StepOf(change) is { } step ? Describe(change, step) : $"{change.Operation} of {change.Range}";

    private string Describe(PowerCutChange change, Step step) => $"{order.NameOf(step)} at {change.Range}";
}
