using BlockGen.Testing;

namespace Acme.Disks;

public sealed class TinyTableConformance : BlockDriverConformance<TinyTable>;
