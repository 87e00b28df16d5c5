using BlockGen.Testing;

namespace Acme.Disks;

public sealed class TinyTreeConformance : BlockDriverConformance<TinyTree>
{
    protected override IReadOnlyList<string> Shapes => ["cluster_size=2048", "cluster_size=8192"];

    protected override int StreamedDiskCount => 20;
}
