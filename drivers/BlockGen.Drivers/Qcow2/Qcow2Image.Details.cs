namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    private const ulong LazyRefcounts = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<FormatDetail> Details => Header.Version == 2
        ? [FormatDetail.Of("compat", "0.10"), Compression, FormatDetail.Of("refcount-bits", 16), .. Encryption]
        :
        [
            FormatDetail.Of("compat", "1.1"),
            Compression,
            FormatDetail.Of("lazy-refcounts", (Header.CompatibleFeatures & LazyRefcounts) != 0),
            .. BitmapDetails,
            FormatDetail.Of("refcount-bits", 1UL << (int)Header.RefcountOrder),
            .. Encryption,
            FormatDetail.Of("corrupt", Header.Features.HasFlag(Qcow2Features.Corrupt)),
            FormatDetail.Of("extended-l2", Header.HasSubclusters),
        ];

    private FormatDetail[] BitmapDetails => _bitmaps.Count == 0
        ? []
        : [FormatDetail.Of("bitmaps", [.. _bitmaps.Select(static bitmap => bitmap.Details)])];

    private FormatDetail Compression => FormatDetail.Of("compression-type", IsZstandard ? "zstd" : "zlib");
}
