namespace BlockGen;

/// <summary>The order of the bytes of a number on disk.</summary>
public enum ByteOrder
{
    /// <summary>Least significant byte first.</summary>
    Little,

    /// <summary>Most significant byte first.</summary>
    Big,
}

/// <summary>
/// Declares a structure on disk: the settable properties, in order and without gaps, are its fields. Their offsets are
/// computed. The type must be a <c>readonly partial record struct</c>; the generator adds its codec, its validation and
/// its description (<see cref="IDiskStruct{TSelf}"/>).
/// </summary>
/// <param name="order">Byte order of every number and identifier in it.</param>
/// <remarks>
/// Field types: the integers of 8 to 64 bits, enums, <see cref="HostOffset"/> (8 bytes), <see cref="Guid"/> (16 bytes;
/// mixed-endian in a little-endian structure), <see cref="string"/> with <see cref="FixedTextAttribute"/>,
/// <see cref="DiskArray{T}"/> with <see cref="FixedCountAttribute"/>, and other disk structures.
/// </remarks>
/// <example>
/// <code>[DiskStruct(ByteOrder.Little, Size = 64)] public readonly partial record struct QedHeader</code>
/// </example>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class DiskStructAttribute(ByteOrder order) : Attribute
{
    /// <summary>Byte order of every number in the structure.</summary>
    public ByteOrder Order { get; } = order;

    /// <summary>
    /// Bytes on disk. Optional: when given it must equal the computed size, or exceed it (a reserved tail).
    /// </summary>
    public int Size { get; init; }
}

/// <summary>
/// The constant that identifies the structure; also what probing looks for. A field with several has one of them.
/// </summary>
/// <example><code>[Magic("QED\0")] public uint Magic { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class MagicAttribute : Attribute
{
    /// <summary>The bytes as ASCII text, in file order. Their number is the field's size.</summary>
    public MagicAttribute(string text) => Text = text;

    /// <summary>The value of the number.</summary>
    public MagicAttribute(ulong value) => Value = value;

    /// <summary>The bytes as text, or null.</summary>
    public string? Text { get; }

    /// <summary>The value, when <see cref="Text"/> is null.</summary>
    public ulong Value { get; }
}

/// <summary>The value is a power of two from <see cref="Min"/> to <see cref="Max"/>.</summary>
/// <example>
/// <code>[PowerOfTwo(Min = 1 &lt;&lt; 12, Max = 1 &lt;&lt; 26)] public uint ClusterSize { get; init; }</code>
/// </example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PowerOfTwoAttribute : Attribute
{
    /// <summary>Smallest value allowed.</summary>
    public ulong Min { get; init; } = 1;

    /// <summary>Largest value allowed.</summary>
    public ulong Max { get; init; } = 1UL << 63;
}

/// <summary>The value lies between <see cref="Min"/> and <see cref="Max"/>, both allowed.</summary>
/// <example><code>[InRange(Min = 1, Max = 16)] public uint HeaderClusters { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InRangeAttribute : Attribute
{
    /// <summary>Smallest value allowed.</summary>
    public ulong Min { get; init; }

    /// <summary>Largest value allowed.</summary>
    public ulong Max { get; init; } = ulong.MaxValue;
}

/// <summary>The value is one of a few.</summary>
/// <example><code>[OneOf(2, 3)] public uint Version { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params ulong[] values) : Attribute
{
    /// <summary>The values allowed.</summary>
    public ulong[] Values { get; } = values;
}

/// <summary>The value is a multiple of a constant.</summary>
/// <example><code>[MultipleOf(512)] public ulong ImageSize { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MultipleOfAttribute(ulong unit) : Attribute
{
    /// <summary>The unit.</summary>
    public ulong Unit { get; } = unit;
}

/// <summary>The value is a multiple of another member, a field before this one or a computed property.</summary>
/// <example><code>[AlignedTo(nameof(ClusterSize))] public HostOffset L1TableOffset { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AlignedToAttribute(string member) : Attribute
{
    /// <summary>Name of the member.</summary>
    public string Member { get; } = member;
}

/// <summary>The value does not exceed another member, a field before this one or a computed property.</summary>
/// <example><code>[AtMost(nameof(MappableSize))] public ulong ImageSize { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtMostAttribute(string member) : Attribute
{
    /// <summary>Name of the member.</summary>
    public string Member { get; } = member;
}

/// <summary>The value is not below another member, a field before this one or a computed property.</summary>
/// <example><code>[AtLeast(nameof(ClusterSize))] public HostOffset L1TableOffset { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtLeastAttribute(string member) : Attribute
{
    /// <summary>Name of the member.</summary>
    public string Member { get; } = member;
}

/// <summary>
/// The field means something only when another field has a flag or a value; its space is there always.
/// </summary>
/// <param name="member">Name of a field before this one.</param>
/// <param name="value">The flags (of a <c>[Flags]</c> enum or feature field) or the value it must have.</param>
/// <example>
/// <code>[PresentIf(nameof(Features), QedFeatures.BackingFile)] public uint BackingNameOffset { get; init; }</code>
/// </example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PresentIfAttribute(string member, object value) : Attribute
{
    /// <summary>Name of the field that decides.</summary>
    public string Member { get; } = member;

    /// <summary>The flags or value it must have.</summary>
    public object Value { get; } = value;
}

/// <summary>What happens to an image with feature bits that the driver does not know.</summary>
public enum UnknownBits
{
    /// <summary>The image is not opened.</summary>
    RefuseToOpen,

    /// <summary>The image opens; the bits stay as they are.</summary>
    Keep,

    /// <summary>The image opens; the bits are cleared before the first change.</summary>
    Clear,
}

/// <summary>
/// The field is a set of feature bits. Known bits are the members of its enum type; a plain number knows none.
/// </summary>
/// <example><code>[FeatureBits(UnknownBits.RefuseToOpen)] public QedFeatures Features { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FeatureBitsAttribute(UnknownBits unknown) : Attribute
{
    /// <summary>What unknown bits mean.</summary>
    public UnknownBits Unknown { get; } = unknown;
}

/// <summary>How the bytes of a fixed text are read.</summary>
public enum TextEncoding
{
    /// <summary>One byte a character; bytes above 127 are read as Latin-1.</summary>
    Ascii,

    /// <summary>UTF-8.</summary>
    Utf8,

    /// <summary>UTF-16 in the structure's byte order.</summary>
    Utf16,
}

/// <summary>The field is text in a fixed number of bytes, ended by a zero or by the end of the field.</summary>
/// <example><code>[FixedText(64, Encoding = TextEncoding.Utf8)] public string Comment { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FixedTextAttribute(int bytes) : Attribute
{
    /// <summary>Bytes it occupies.</summary>
    public int Bytes { get; } = bytes;

    /// <summary>How the bytes are read.</summary>
    public TextEncoding Encoding { get; init; }
}

/// <summary>The field is a fixed number of elements.</summary>
/// <example><code>[FixedCount(4)] public DiskArray&lt;uint&gt; Geometry { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FixedCountAttribute(int count) : Attribute
{
    /// <summary>Number of elements.</summary>
    public int Count { get; } = count;
}

/// <summary>
/// Bytes before this field that belong to nobody. They are kept as they are when the structure is rewritten.
/// </summary>
/// <example><code>[ReservedBefore(8)] public ulong DiskBytes { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReservedBeforeAttribute(int bytes) : Attribute
{
    /// <summary>Number of bytes.</summary>
    public int Bytes { get; } = bytes;
}

/// <summary>How a checksum is computed.</summary>
public enum ChecksumKind
{
    /// <summary>CRC-32 (ISO-HDLC), as in zip.</summary>
    Crc32,

    /// <summary>CRC-32C (Castagnoli), as in VHDX.</summary>
    Crc32C,

    /// <summary>Ones' complement of the sum of the bytes, as in VHD.</summary>
    OnesComplementOfSum,
}

/// <summary>
/// The field is a checksum over the structure, itself taken as zero; or over the fields <see cref="From"/> to
/// <see cref="Through"/>. It is verified on reading and computed on writing.
/// </summary>
/// <example><code>[Checksum(ChecksumKind.Crc32C)] public uint Checksum { get; init; }</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChecksumAttribute(ChecksumKind kind) : Attribute
{
    /// <summary>How it is computed.</summary>
    public ChecksumKind Kind { get; } = kind;

    /// <summary>First field covered; the first of the structure when null.</summary>
    public string? From { get; init; }

    /// <summary>Last field covered; the end of the structure when null.</summary>
    public string? Through { get; init; }
}
