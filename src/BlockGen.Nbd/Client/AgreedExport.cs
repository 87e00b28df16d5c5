namespace BlockGen.Nbd;

/// <summary>What a server says of the export that a client chose.</summary>
internal sealed record AgreedExport
{
    public ulong Length { get; init; }

    public TransmissionFlags Flags { get; init; }

    public ReplyStyle Style { get; init; }

    /// <summary>What replies call <c>base:allocation</c>; null when the server does not tell of it.</summary>
    public uint? AllocationContext { get; init; }

    /// <summary>Bytes that offsets and lengths are multiples of.</summary>
    public uint LeastBlockBytes { get; init; } = 1;

    /// <summary>Most bytes of data in one request.</summary>
    public uint MostPayloadBytes { get; init; } = NbdLimits.PayloadBytes;

    public bool Has(TransmissionFlags flag) => (Flags & flag) != 0;
}
