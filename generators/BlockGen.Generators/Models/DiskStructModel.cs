namespace BlockGen.Generators;

/// <summary>A sound declaration of a disk structure.</summary>
/// <param name="Type">The structure.</param>
/// <param name="IsBigEndian">Byte order of its numbers.</param>
/// <param name="Size">Bytes on disk, the reserved tail included.</param>
/// <param name="Fields">Its fields in file order.</param>
internal sealed record DiskStructModel(DeclaredType Type, bool IsBigEndian, int Size, EquatableArray<FieldModel> Fields);

/// <summary>A field.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Offset">Bytes from the start of the structure.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Summary">First sentence of its documentation.</param>
/// <param name="Presence">When it means something; null for always.</param>
/// <param name="Rules">Its rules as they were written.</param>
/// <param name="Checksum">What it sums up, when it is a checksum.</param>
internal sealed record FieldModel(
    string Name,
    int Offset,
    int Size,
    FieldType Type,
    string Summary,
    PresenceModel? Presence,
    EquatableArray<RuleModel> Rules,
    ChecksumModel? Checksum);

/// <summary>What a field holds.</summary>
internal abstract record FieldType
{
    private FieldType()
    {
    }

    /// <summary>An integer, as itself, as an enum or as a host offset.</summary>
    /// <param name="Number">The integer on disk.</param>
    /// <param name="EnumName">The enum, as generated code names it; null for none.</param>
    /// <param name="IsHostOffset">Whether it is a <c>HostOffset</c>.</param>
    internal sealed record Integer(NumberType Number, string? EnumName, bool IsHostOffset) : FieldType;

    internal sealed record Guid : FieldType;

    /// <param name="Encoding">A member of <c>TextEncoding</c>.</param>
    internal sealed record Text(string Encoding) : FieldType;

    /// <param name="TypeName">The structure, as generated code names it.</param>
    /// <param name="HasChecksum">Whether it, or a structure in it, has a checksum.</param>
    /// <param name="HasBitsToClear">
    /// Whether it, or a structure in it, has feature bits that are cleared when unknown.
    /// </param>
    internal sealed record Struct(string TypeName, bool HasChecksum, bool HasBitsToClear) : FieldType;

    /// <param name="Element">A plain integer, a host offset, an identifier or a structure.</param>
    /// <param name="Count">Number of elements.</param>
    internal sealed record Array(FieldType Element, int Count) : FieldType;
}

/// <summary>An integer type of C#.</summary>
/// <param name="Keyword"><c>uint</c>.</param>
/// <param name="ClrName"><c>UInt32</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsSigned">Whether it can be negative.</param>
internal sealed record NumberType(string Keyword, string ClrName, int Size, bool IsSigned)
{
    /// <summary>The largest value.</summary>
    public ulong Max => AllBits >> (IsSigned ? 1 : 0);

    /// <summary>Its bits, all set.</summary>
    public ulong AllBits => ulong.MaxValue >> (64 - (Size * 8));

    /// <summary>The unsigned type of the same size.</summary>
    public string UnsignedKeyword => Size switch
    {
        1 => "byte",
        2 => "ushort",
        4 => "uint",
        _ => "ulong",
    };
}

/// <summary>A field's presence, and that of the field which decides it.</summary>
/// <param name="Member">The field that decides.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Value">Its value as C#: a member of its enum or a number.</param>
/// <param name="Word">The value as words have it: <c>BackingFile</c>, <c>3</c>.</param>
/// <param name="IsFlag">Whether the value is a set of flags.</param>
/// <param name="Outer">When the deciding field means something itself; null for always.</param>
internal sealed record PresenceModel(
    string Member, FieldType.Integer Type, string Value, string Word, bool IsFlag, PresenceModel? Outer);

/// <summary>A checksum.</summary>
/// <param name="Kind">A member of <c>ChecksumKind</c>.</param>
/// <param name="From">First byte covered.</param>
/// <param name="To">First byte after those covered.</param>
/// <param name="Cover">What it covers, in words: <c>the structure</c>, <c>A to B</c>.</param>
internal sealed record ChecksumModel(string Kind, int From, int To, string Cover);
