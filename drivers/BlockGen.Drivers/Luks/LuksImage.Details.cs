namespace BlockGen.Drivers.Luks;

public sealed partial class LuksImage
{
    /// <inheritdoc/>
    public override IReadOnlyList<FormatDetail> Details
    {
        get
        {
            LuksCipher cipher = LuksCipher.Of(Header);
            FormatDetail[] hash = cipher.VectorHash is { } name ? [FormatDetail.Of("ivgen-hash-alg", name)] : [];
            return
            [
                FormatDetail.Of("ivgen-alg", cipher.VectorName),
                FormatDetail.Of("hash-alg", Header.HashName),
                FormatDetail.Of("cipher-alg", $"{cipher.Name}-{cipher.AesBits(Header.KeyBytes)}"),
                FormatDetail.Of("uuid", Header.Uuid),
                .. hash,
                FormatDetail.Of("cipher-mode", cipher.Mode),
                FormatDetail.Of("slots", [.. Header.Slots.Select(DescribeSlot)]),
                FormatDetail.Of("payload-offset", Payload.Value),
                FormatDetail.Of("master-key-iters", Header.KeyDigestIterations),
            ];
        }
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
