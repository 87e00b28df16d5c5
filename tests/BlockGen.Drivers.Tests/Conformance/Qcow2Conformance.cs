using BlockGen.Drivers.Qcow2;
using BlockGen.Drivers.Qed;

namespace BlockGen.Drivers.Tests.Conformance;

public sealed class Qcow2Conformance : BlockDriverConformance<Qcow2Image>
{
    protected override IReadOnlyList<string> Shapes => ["cluster_size=4096", "cluster_size=65536,compat=0.10"];

    protected override IReadOnlyList<string> ContentShapes =>
        ["cluster_size=512,refcount_bits=1", "cluster_size=8192,refcount_bits=64", "cluster_size=1048576",
         "cluster_size=2097152,compat=0.10", "cluster_size=16384,refcount_bits=4,lazy_refcounts=on"];

    protected override IReadOnlyList<ImageFormat> BackingFormats => [QedImage.Format];
}
