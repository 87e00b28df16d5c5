namespace BlockGen.Drivers.Luks;

public sealed partial class LuksImage
{
    /// <inheritdoc/>
    public override IReadOnlyList<FormatDetail> Details => LuksDetails.Of(Header);
}

/// <summary>What a LUKS header tells.</summary>
internal static class LuksDetails
{
    private const ulong SectorBytes = SectorCipher.SectorBytes;

    /// <summary>What a header tells.</summary>
    /// <param name="header">The header.</param>
    /// <param name="format">What an image that has it inside says of its kind; nothing for a disk that begins with it.</param>
    public static IReadOnlyList<FormatDetail> Of(LuksHeader header, params FormatDetail[] format)
    {
        LuksCipher cipher = LuksCipher.Named(header);
        FormatDetail[] hash = cipher.VectorHash is { } name ? [FormatDetail.Of("ivgen-hash-alg", name)] : [];
        return
        [
            FormatDetail.Of("ivgen-alg", cipher.VectorName),
            FormatDetail.Of("hash-alg", header.HashName),
            FormatDetail.Of("cipher-alg", $"{cipher.Name}-{cipher.KeyBits(header.KeyBytes)}"),
            FormatDetail.Of("uuid", header.Uuid),
            .. hash,
            .. format,
            FormatDetail.Of("cipher-mode", cipher.Mode),
            FormatDetail.Of("slots", [.. header.Slots.Select(DescribeSlot)]),
            FormatDetail.Of("payload-offset", header.PayloadOffset),
            FormatDetail.Of("master-key-iters", header.KeyDigestIterations),
        ];
    }

    private static IReadOnlyList<FormatDetail> DescribeSlot(LuksKeySlot slot)
    {
        FormatDetail place = FormatDetail.Of("key-offset", slot.KeyMaterialSector * SectorBytes);
        return slot.IsActive
            ?
            [
                FormatDetail.Of("active", true),
                FormatDetail.Of("iters", slot.Iterations),
                place,
                FormatDetail.Of("stripes", slot.Stripes),
            ]
            : [FormatDetail.Of("active", false), place];
    }
}
