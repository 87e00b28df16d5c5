namespace BlockGen.Nbd;

/// <summary>Which bytes of a read have come; every byte comes once.</summary>
internal sealed class ReceivedRanges
{
    private const int MostPieces = 4096;

    private readonly List<(ulong Start, ulong End)> _later = [];
    private ulong _front;

    /// <summary>Notes a range, in bytes of the request; false when a part of it has come before.</summary>
    public bool TryAdd(ulong start, ulong length)
    {
        ulong end = start + length;
        if (start < _front || _later.Count == MostPieces
            || _later.Exists(piece => start < piece.End && piece.Start < end))
        {
            return false;
        }

        _later.Add((start, end));
        while (_later.FindIndex(piece => piece.Start == _front) is >= 0 and int at)
        {
            _front = _later[at].End;
            _later.RemoveAt(at);
        }

        return true;
    }

    /// <summary>Whether so many bytes from the beginning on have come.</summary>
    public bool IsComplete(ulong length) => _front == length;

    public void Clear()
    {
        _later.Clear();
        _front = 0;
    }
}
