namespace BlockGen;

/// <summary>What a table entry, or a guest range, stands for.</summary>
public enum MappingKind : byte
{
    /// <summary>Nothing here: the backing image shows through, or zeroes where there is none.</summary>
    Unallocated,

    /// <summary>Reads as zeroes, whatever the backing image holds.</summary>
    Zero,

    /// <summary>Stored as it is at a host offset.</summary>
    Data,

    /// <summary>Stored compressed.</summary>
    Compressed,

    /// <summary>The entry points at a table of the next level.</summary>
    Table,
}

/// <summary>A guest range with one mapping.</summary>
/// <param name="Range">The guest bytes it covers; never empty.</param>
/// <param name="Kind">How they are stored in this layer.</param>
/// <param name="Host">
/// Where the first byte is stored; the rest follows without a gap. <see cref="HostOffset.None"/> where nothing is.
/// A <see cref="MappingKind.Zero"/> extent may have a place too: a hole in a raw file.
/// </param>
public readonly record struct Extent(GuestRange Range, MappingKind Kind, HostOffset Host)
{
    /// <summary>What the range is compressed with; null unless <see cref="MappingKind.Compressed"/>.</summary>
    public CompressedUnit? Unit { get; init; }

    /// <summary>Whether something else may name the place too: a snapshot.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether guest writes are stored where the range is.</summary>
    public bool TakesWrites => Kind is MappingKind.Data && !IsShared;

    /// <summary>Bytes covered.</summary>
    public ulong Length => Range.Length;

    /// <summary>Whether reads of this range are answered by this layer and not by its backing.</summary>
    public bool IsAllocated => Kind is not MappingKind.Unallocated;

    /// <summary>A range this layer says nothing about.</summary>
    public static Extent Unallocated(GuestRange range) => new(range, MappingKind.Unallocated, HostOffset.None);

    /// <summary>A range of zeroes that occupies no host space.</summary>
    public static Extent Zero(GuestRange range) => new(range, MappingKind.Zero, HostOffset.None);

    /// <summary>A range stored as it is.</summary>
    public static Extent Data(GuestRange range, HostOffset host) => new(range, MappingKind.Data, host);

    /// <summary>A part of a compressed unit, or all of it.</summary>
    public static Extent Compressed(GuestRange range, CompressedUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return new(range, MappingKind.Compressed, unit.Stored.Start) { Unit = unit };
    }
}
