using BlockGen.Drivers.Vdi;

namespace BlockGen.Drivers.Tests.Conformance;

public sealed class VdiConformance : BlockDriverConformance<VdiImage>
{
    protected override IReadOnlyList<string> ContentShapes => ["static=on"];
}
