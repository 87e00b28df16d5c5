namespace BlockGen.Generators;

/// <summary>A sound declaration of a table entry.</summary>
/// <param name="Type">The entry.</param>
/// <param name="IsBigEndian">Byte order of its number.</param>
/// <param name="Size">Bytes: 4 or 8.</param>
/// <param name="HostMask">The bits that hold units, without gaps.</param>
/// <param name="HostShift">How far above bit 0 they start.</param>
/// <param name="UnsharedBit">The bit that says that nothing else names what the entry does; 0 when there is none.</param>
/// <param name="Lines">The truth table; the last line takes what is left.</param>
/// <param name="Recipes">How an entry of each kind is made, one for each kind that can be.</param>
internal sealed record TableEntryModel(
    DeclaredType Type,
    bool IsBigEndian,
    int Size,
    ulong HostMask,
    int HostShift,
    ulong UnsharedBit,
    EquatableArray<EntryLine> Lines,
    EquatableArray<EntryRecipe> Recipes);

/// <summary>A line of the truth table.</summary>
/// <param name="Kind">A member of <c>MappingKind</c>.</param>
/// <param name="Mask">The bits that decide; none for the line that takes what is left.</param>
/// <param name="Equal">Their value.</param>
/// <param name="ComparesAll">Whether every bit decides.</param>
internal sealed record EntryLine(string Kind, ulong Mask, ulong Equal, bool ComparesAll);

/// <summary>How an entry is made.</summary>
/// <param name="Kind">A member of <c>MappingKind</c>.</param>
/// <param name="Bits">The entry's bits without its units.</param>
/// <param name="TakesUnits">Whether its units are added.</param>
internal sealed record EntryRecipe(string Kind, ulong Bits, bool TakesUnits);
