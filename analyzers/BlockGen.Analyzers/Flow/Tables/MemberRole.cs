namespace BlockGen.Analyzers;

/// <summary>What a member means to the rules about guest memory and untrusted numbers.</summary>
internal enum MemberRole
{
    /// <summary>Its result is the same memory.</summary>
    View,

    /// <summary>It neither looks at bytes nor hands them on.</summary>
    Neutral,

    /// <summary>It computes something from all the bytes: a checksum, a compressed or encrypted form.</summary>
    Digest,

    /// <summary>It reads a number out of bytes.</summary>
    Parse,

    /// <summary>It copies bytes.</summary>
    Copy,

    /// <summary>It stores bytes where they stay.</summary>
    Store,

    /// <summary>It fills memory with bytes from a storage.</summary>
    Fill,

    /// <summary>It lets guest memory out and needs a review.</summary>
    Escape,

    /// <summary>It puts its argument into a collection.</summary>
    Keep,

    /// <summary>It runs its argument later.</summary>
    Detach,

    /// <summary>It gives its argument to a pool.</summary>
    Pool,

    /// <summary>It rents a bounce buffer.</summary>
    Rent,

    /// <summary>Its result is memory that a guest asked to have filled.</summary>
    GuestRead,

    /// <summary>Its result is memory that a guest asked to have stored.</summary>
    GuestWrite,

    /// <summary>Its result is bytes from a storage.</summary>
    DiskBytes,

    /// <summary>Its result is a number from a storage.</summary>
    Untrusted,

    /// <summary>It makes its arguments and its result harmless.</summary>
    Cleanser,
}
