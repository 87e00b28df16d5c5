namespace BlockGen;

/// <summary>Ranges that requests are at work in. A lock on the object guards it.</summary>
internal sealed class ActiveRanges
{
    private const int None = -1;

    private Slot[] _slots = new Slot[8]; // active ranges and free places
    private int _firstActive = None;
    private int _firstFree;
    private int _count;

    /// <summary>No range.</summary>
    public ActiveRanges() => LinkFree(0);

    /// <summary>Ranges in it; read without the lock it may be a moment old.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether one of them overlaps another range.</summary>
    public bool Overlap(GuestRange range)
    {
        Slot[] slots = _slots;
        for (int index = _firstActive; index != None; index = slots[index].Next)
        {
            if (slots[index].Range.Overlaps(range))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds one and returns its index.</summary>
    public int Add(GuestRange range)
    {
        if (_firstFree == None)
        {
            int grown = _slots.Length;
            Array.Resize(ref _slots, grown * 2);
            LinkFree(grown);
        }

        int index = _firstFree;
        ref Slot slot = ref _slots[index];
        _firstFree = slot.Next;
        slot = new Slot { Range = range, Previous = None, Next = _firstActive };
        if (_firstActive != None)
        {
            _slots[_firstActive].Previous = index;
        }

        _firstActive = index;
        _count++;
        return index;
    }

    /// <summary>Removes the one at an index.</summary>
    public void Remove(int index)
    {
        ref Slot slot = ref _slots[index];
        if (slot.Previous == None)
        {
            _firstActive = slot.Next;
        }
        else
        {
            _slots[slot.Previous].Next = slot.Next;
        }

        if (slot.Next != None)
        {
            _slots[slot.Next].Previous = slot.Previous;
        }

        slot.Next = _firstFree;
        _firstFree = index;
        _count--;
    }

    private void LinkFree(int from)
    {
        for (int i = from; i < _slots.Length; i++)
        {
            _slots[i].Next = i + 1 < _slots.Length ? i + 1 : None;
        }

        _firstFree = from;
    }

    private struct Slot
    {
        public GuestRange Range;
        public int Next;
        public int Previous;
    }
}
