using BlockGen.Drivers.Qed;
using BlockGen.Drivers.Vdi;

namespace BlockGen.Drivers.Tests.Conformance;

public sealed class QedConformance : BlockDriverConformance<QedImage>
{
    protected override IReadOnlyList<string> Shapes => ["cluster_size=4096,table_size=1", "cluster_size=65536"];

    protected override IReadOnlyList<string> ContentShapes =>
        ["cluster_size=8192,table_size=2", "cluster_size=32768,table_size=16", "cluster_size=1048576",
         "cluster_size=2097152,table_size=1"];

    protected override IReadOnlyList<ImageFormat> BackingFormats => [VdiImage.Format];
}
