namespace BlockGen;

/// <summary>A structure on disk: what the generator writes for a type with <see cref="DiskStructAttribute"/>.</summary>
/// <typeparam name="TSelf">The structure.</typeparam>
public interface IDiskStruct<TSelf>
    where TSelf : struct, IDiskStruct<TSelf>
{
    /// <summary>Bytes on disk.</summary>
    static abstract int Size { get; }

    /// <summary>The declared fields in file order.</summary>
    static abstract IReadOnlyList<FieldLayout> Fields { get; }

    /// <summary>Reads the fields; judges nothing.</summary>
    /// <param name="source">At least <see cref="Size"/> bytes.</param>
    static abstract TSelf Read(ReadOnlySpan<byte> source);

    /// <summary>
    /// Whether the bytes begin with this structure's magic; false where it declares none or they are too few.
    /// </summary>
    static abstract bool HasMagic(ReadOnlySpan<byte> source);

    /// <summary>The first checksum that is wrong in these bytes, or null.</summary>
    /// <param name="source">At least <see cref="Size"/> bytes.</param>
    static abstract LayoutFault? Verify(ReadOnlySpan<byte> source);

    /// <summary>
    /// Writes the declared fields and their checksums; bytes that belong to no field keep their value.
    /// </summary>
    /// <param name="target">At least <see cref="Size"/> bytes, holding what was there before.</param>
    void Write(Span<byte> target);

    /// <summary>The first rule that a field breaks, in file order, or null.</summary>
    LayoutFault? Validate();

    /// <summary>This structure without the feature bits that must be cleared when they are not known.</summary>
    TSelf WithoutUnknownBits();

    /// <summary>
    /// The value of each declared field as text, in the order of <see cref="Fields"/>; null where it is absent.
    /// </summary>
    IReadOnlyList<string?> Describe();
}

/// <summary>One declared field.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Offset">Bytes from the start of the structure.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Rule">Its rules in words; empty when it has none.</param>
/// <param name="Summary">First sentence of its documentation; empty when it has none.</param>
public sealed record FieldLayout(string Name, int Offset, int Size, string Rule, string Summary);

/// <summary>A field that breaks its declared rule.</summary>
/// <param name="Offset">Bytes from the start of the structure.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Value">The value found, as text.</param>
/// <param name="Problem">
/// What is wrong, and so what was expected: "is not a power of two from 4096 to 67108864".
/// </param>
public readonly record struct LayoutFault(int Offset, string Field, string Value, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field} at offset 0x{Offset:x} is {Value}: {Problem}";
}
