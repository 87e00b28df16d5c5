namespace BlockGen.Nbd;

/// <summary>Sizes that both ends keep to.</summary>
internal static class NbdLimits
{
    /// <summary>Most bytes of data in one request or chunk: the protocol's default.</summary>
    public const int PayloadBytes = 32 << 20;

    /// <summary>Most bytes of a name, a description or a message: the protocol's section "Conventions".</summary>
    public const int TextBytes = 4096;

    /// <summary>Most bytes of an option's or an option reply's data.</summary>
    public const int OptionBytes = 64 << 10;

    /// <summary>Most extents in the answer to one status request.</summary>
    public const int StatusExtents = 4096;

    /// <summary>Bytes that requests are best multiples of.</summary>
    public const uint PreferredBlockBytes = 4096;
}
