namespace BlockGen.Analyzers;

/// <summary>What is known of a piece of memory, or of what refers to it.</summary>
internal enum MarkKind
{
    /// <summary>Bytes that a guest asked to have filled, or a copy of them: never to be stored.</summary>
    GuestRead,

    /// <summary>Bytes that a guest asked to have stored, while they are its own: to be fetched once.</summary>
    GuestWrite,

    /// <summary>Bytes that came from a storage.</summary>
    DiskBytes,

    /// <summary>A structure read from a disk that nobody has validated.</summary>
    Unvalidated,

    /// <summary>A value made here, whatever its type says of values read from a disk.</summary>
    Made,

    /// <summary>A bounce buffer.</summary>
    Bounce,

    /// <summary>The memory of a bounce buffer.</summary>
    BounceMemory,

    /// <summary>A task that still uses guest memory.</summary>
    PendingTask,
}

/// <summary>One fact about a value, with where it comes from. The trace is no part of the fact.</summary>
/// <param name="kind">What is known.</param>
/// <param name="origin">Where it entered.</param>
/// <param name="isLive">Whether it is the guest's own memory and not a copy.</param>
/// <param name="range">Which part of the origin's memory.</param>
/// <param name="trace">How it got here.</param>
internal sealed class Mark(MarkKind kind, Origin origin, bool isLive, ByteRange range, Trace trace) : IEquatable<Mark>
{
    public MarkKind Kind { get; } = kind;

    public Origin Origin { get; } = origin;

    public bool IsLive { get; } = isLive;

    public ByteRange Range { get; } = range;

    public Trace Trace { get; } = trace;

    public bool IsGuest => Kind is MarkKind.GuestRead or MarkKind.GuestWrite;

    /// <summary>The mark of a copy of the bytes; null where a copy is harmless.</summary>
    public Mark? Copied => Kind switch
    {
        MarkKind.GuestRead => new Mark(Kind, Origin, isLive: false, ByteRange.Whole, Trace),
        MarkKind.DiskBytes => this,
        _ => null,
    };

    public Mark With(ByteRange part) => new(Kind, Origin, IsLive, part, Trace);

    public Mark Through(Microsoft.CodeAnalysis.Location place) => new(Kind, Origin, IsLive, Range, Trace.Through(place));

    public bool Equals(Mark? other) =>
        other is not null
        && Kind == other.Kind
        && IsLive == other.IsLive
        && Origin.Equals(other.Origin)
        && Range.Equals(other.Range);

    public override bool Equals(object? obj) => Equals(obj as Mark);

    public override int GetHashCode() => Origin.GetHashCode() * 31 + (int)Kind;
}
