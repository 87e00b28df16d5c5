namespace BlockGen;

/// <summary>A byte offset in the disk that the guest sees.</summary>
/// <param name="Value">Bytes from the start of the guest's disk.</param>
public readonly record struct GuestOffset(ulong Value) : IComparable<GuestOffset>
{
    /// <inheritdoc/>
    public int CompareTo(GuestOffset other) => Value.CompareTo(other.Value);

    /// <summary>
    /// The offset <paramref name="bytes"/> further on; throws <see cref="OverflowException"/> past 2^64.
    /// </summary>
    public static GuestOffset operator +(GuestOffset offset, ulong bytes) => new(checked(offset.Value + bytes));

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:x}";
}

/// <summary>A byte offset in a storage: a place in the image file.</summary>
/// <param name="Value">Bytes from the start of the storage.</param>
public readonly record struct HostOffset(ulong Value) : IComparable<HostOffset>
{
    /// <summary>No place at all: the host offset of an extent that occupies none.</summary>
    public static HostOffset None => new(ulong.MaxValue);

    /// <inheritdoc/>
    public int CompareTo(HostOffset other) => Value.CompareTo(other.Value);

    /// <summary>
    /// The offset <paramref name="bytes"/> further on; throws <see cref="OverflowException"/> past 2^64.
    /// </summary>
    public static HostOffset operator +(HostOffset offset, ulong bytes) => new(checked(offset.Value + bytes));

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:x}";
}

/// <summary>A run of bytes in the guest's disk.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes; may be zero.</param>
public readonly record struct GuestRange(GuestOffset Start, ulong Length)
{
    /// <summary>A range from plain numbers.</summary>
    public GuestRange(ulong start, ulong length) : this(new GuestOffset(start), length)
    {
    }

    /// <summary>The first byte after the range.</summary>
    public ulong End => Start.Value + Length;

    /// <summary>Whether the two share a byte.</summary>
    public bool Overlaps(GuestRange other) => Start.Value < other.End && other.Start.Value < End;

    /// <summary>
    /// The smallest range that holds this one and starts and ends on multiples of <paramref name="unit"/>.
    /// </summary>
    public GuestRange AlignOutward(ulong unit)
    {
        ulong start = Start.Value - Start.Value % unit;
        ulong end = End % unit == 0 ? End : End + (unit - End % unit);
        return new GuestRange(start, end - start);
    }

    /// <summary>The first <paramref name="length"/> bytes, or all of them when there are fewer.</summary>
    public GuestRange Take(ulong length) => new(Start, Math.Min(length, Length));

    /// <inheritdoc/>
    public override string ToString() => $"[0x{Start.Value:x}, 0x{End:x})";
}

/// <summary>A run of bytes in a storage.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes; may be zero.</param>
public readonly record struct HostRange(HostOffset Start, ulong Length)
{
    /// <summary>A range from plain numbers.</summary>
    public HostRange(ulong start, ulong length) : this(new HostOffset(start), length)
    {
    }

    /// <summary>The first byte after the range.</summary>
    public ulong End => Start.Value + Length;

    /// <inheritdoc/>
    public override string ToString() => $"[0x{Start.Value:x}, 0x{End:x})";
}
