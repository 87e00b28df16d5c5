namespace BlockGen;

/// <summary>An entry whose mark says otherwise than the count of its cluster.</summary>
/// <param name="Level">Whether it names a table or a cluster.</param>
/// <param name="Index">The entry's index, where it names a table.</param>
/// <param name="Host">What it names.</param>
/// <param name="SaysShared">What the mark says: that something else may name it too.</param>
/// <param name="Count">The count.</param>
public readonly record struct WrongMark(MappingKind Level, ulong Index, ulong Host, bool SaysShared, ulong Count);

/// <summary>Collects what entries say of who else names their clusters, and compares it with the counts.</summary>
internal sealed class SharedMarks
{
    private readonly HostSpaceMap _shared = new();
    private readonly HostSpaceMap _alone = new();
    private readonly Dictionary<ulong, ulong> _tables = []; // entries' indexes by the unit that they name

    /// <summary>The first ones that are wrong.</summary>
    public List<WrongMark> Wrong { get; } = [];

    /// <summary>How many are wrong.</summary>
    public ulong WrongCount { get; private set; }

    public void AddTable(ulong unit, in MappedEntry entry)
    {
        if (entry.IsShared is not null)
        {
            _tables[unit] = entry.Index;
        }

        AddCluster(unit, entry);
    }

    public void AddCluster(ulong unit, in MappedEntry entry)
    {
        if (entry.IsShared is { } isShared)
        {
            (isShared ? _shared : _alone).TryAdd(unit);
        }
    }

    /// <summary>Tells the count of a unit.</summary>
    public void Compare(ulong unit, ulong count)
    {
        bool isWrong = count == 1 ? _shared.Contains(unit) : _alone.Contains(unit);
        if (!isWrong)
        {
            return;
        }

        WrongCount++;
        if (Wrong.Count < CheckReport.MaxFindings)
        {
            bool isTable = _tables.TryGetValue(unit, out ulong index);
            Wrong.Add(new WrongMark(isTable ? MappingKind.Table : MappingKind.Data, index, unit, count == 1, count));
        }
    }
}
