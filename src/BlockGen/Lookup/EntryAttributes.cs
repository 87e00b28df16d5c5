namespace BlockGen;

/// <summary>
/// Declares an entry of an allocation table: a <c>readonly partial record struct</c> with one positional parameter
/// <c>Raw</c> of type <see cref="uint"/> or <see cref="ulong"/>. The generator adds <see cref="ITableEntry{TSelf}"/>.
/// </summary>
/// <param name="order">Byte order of the number.</param>
/// <example><code>[TableEntry(ByteOrder.Big, HostMask = 0x00ff_ffff_ffff_fe00)]</code></example>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class TableEntryAttribute(ByteOrder order) : Attribute
{
    /// <summary>Byte order of the number.</summary>
    public ByteOrder Order { get; } = order;

    /// <summary>The bits that say where the cluster or table is; all of them when not given.</summary>
    public ulong HostMask { get; init; } = ulong.MaxValue;

    /// <summary>
    /// The bit that says that nothing else names the entry's cluster or table, outside <see cref="HostMask"/>: set in
    /// every entry that is made for one.
    /// </summary>
    public ulong UnsharedBit { get; init; }
}

/// <summary>
/// One line of an entry's truth table: when the bits under <see cref="Mask"/> equal <see cref="Equal"/>, the entry is of
/// this kind. Lines are tried from top to bottom; exactly one line, the last, says <see cref="Otherwise"/>.
/// </summary>
/// <example><code>[EntryIs(MappingKind.Zero, Mask = 1, Equal = 1)]</code></example>
[AttributeUsage(AttributeTargets.Struct, AllowMultiple = true)]
public sealed class EntryIsAttribute(MappingKind kind) : Attribute
{
    /// <summary>What the entry is.</summary>
    public MappingKind Kind { get; } = kind;

    /// <summary>The bits that decide; all of them when not given.</summary>
    public ulong Mask { get; init; } = ulong.MaxValue;

    /// <summary>Their value.</summary>
    public ulong Equal { get; init; }

    /// <summary>Every entry that no line above names.</summary>
    public bool Otherwise { get; init; }
}

/// <summary>An entry of an allocation table: what the generator writes for <see cref="TableEntryAttribute"/>.</summary>
/// <typeparam name="TSelf">The entry.</typeparam>
public interface ITableEntry<TSelf>
    where TSelf : struct, ITableEntry<TSelf>
{
    /// <summary>Bytes on disk: 4 or 8.</summary>
    static abstract int Size { get; }

    /// <summary>The entry in its in-memory byte order, from an aligned place in a table. Atomic.</summary>
    static abstract TSelf Load(ref byte source);

    /// <summary>Stores the entry in its byte order at an aligned place in a table. Atomic.</summary>
    static abstract void Store(ref byte target, TSelf entry);

    /// <summary>
    /// The entry for nothing, for zeroes, or (with its units) for data or a table; false when there is none.
    /// </summary>
    /// <param name="kind">What the entry is to be.</param>
    /// <param name="units">Where, in the table's units; ignored for kinds that have no place.</param>
    /// <param name="entry">The entry.</param>
    static abstract bool TryMake(MappingKind kind, ulong units, out TSelf entry);

    /// <summary>The entry as a number.</summary>
    ulong Bits { get; }

    /// <summary>What it stands for.</summary>
    MappingKind Kind { get; }

    /// <summary>
    /// Where its cluster or table is, in the table's units; meaningful for data, compressed and table.
    /// </summary>
    ulong Units { get; }

    /// <summary>
    /// Whether something else may name its cluster or table, which must not be changed in place then; meaningful for
    /// data and table.
    /// </summary>
    bool IsShared { get; }
}
