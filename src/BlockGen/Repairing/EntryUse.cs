namespace BlockGen;

/// <summary>A table entry and the host space that it names.</summary>
/// <param name="Role">Of the table that the entry is in: root entries name tables, leaf entries clusters.</param>
/// <param name="Index">Root entries: index in the table. Leaf entries: the cluster's index in the guest's disk.</param>
/// <param name="At">Where the entry is; <see cref="HostOffset.None"/> for the table that the header names.</param>
/// <param name="Host">First byte of the space.</param>
/// <param name="Bytes">Length of the space.</param>
internal readonly record struct EntryUse(TableRole Role, ulong Index, ulong At, ulong Host, ulong Bytes)
{
    /// <summary>Whether the header names the space, and no entry.</summary>
    public bool IsFirstTable => At == HostOffset.None.Value;

    /// <summary>The first byte after the space.</summary>
    public ulong End => Host + Bytes;

    /// <summary>Whether a byte of the space lies in another range.</summary>
    public bool Overlaps(ulong host, ulong end) => Host < end && host < End;
}

/// <summary>Host space that an entry is to name instead of what it names now.</summary>
/// <param name="Use">The entry, and where the space is now.</param>
/// <param name="To">Where it goes; free until then.</param>
internal readonly record struct EntryMove(EntryUse Use, ulong To);
