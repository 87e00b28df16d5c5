using BlockGen.Drivers.Parallels;

namespace BlockGen.Drivers.Tests.Conformance;

public sealed class ParallelsConformance : BlockDriverConformance<ParallelsImage>
{
    protected override IReadOnlyList<string> Shapes => ["cluster_size=4096", "cluster_size=65536"];

    protected override IReadOnlyList<string> ContentShapes => ["cluster_size=512", "cluster_size=1048576"];
}
