using BlockGen.Drivers.Raw;

namespace BlockGen.Drivers.Tests.Conformance;

public sealed class RawConformance : BlockDriverConformance<RawImage>;
