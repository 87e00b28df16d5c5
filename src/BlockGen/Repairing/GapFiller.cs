namespace BlockGen;

/// <summary>Free space in an image, handed out from its start on.</summary>
/// <param name="gaps">The free runs in order, in units.</param>
internal sealed class GapFiller(IEnumerable<(ulong First, ulong Count)> gaps)
{
    private readonly LinkedList<(ulong First, ulong Count)> _gaps = new(gaps);

    /// <summary>Takes the first run that is long enough.</summary>
    public bool TryTake(ulong unitCount, out ulong firstUnit)
    {
        for (LinkedListNode<(ulong First, ulong Count)>? gap = _gaps.First; gap is not null; gap = gap.Next)
        {
            (ulong first, ulong count) = gap.Value;
            if (count < unitCount)
            {
                continue;
            }

            if (count == unitCount)
            {
                _gaps.Remove(gap);
            }
            else
            {
                gap.Value = (first + unitCount, count - unitCount);
            }

            firstUnit = first;
            return true;
        }

        firstUnit = 0;
        return false;
    }
}
