using BlockGen.Drivers.Qcow;
using BlockGen.Drivers.Qed;

namespace BlockGen.Drivers.Tests.Conformance;

public sealed class QcowConformance : BlockDriverConformance<QcowImage>
{
    protected override IReadOnlyList<ImageFormat> BackingFormats => [QedImage.Format];
}
