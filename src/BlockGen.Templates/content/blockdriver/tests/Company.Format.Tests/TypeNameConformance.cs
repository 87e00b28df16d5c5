using BlockGen.Testing;

namespace Company.Format.Tests;

/// <summary>Every test of the suite, with images of two cluster sizes.</summary>
public sealed class TypeNameConformance : BlockDriverConformance<TypeNameImage>
{
    protected override IReadOnlyList<string> Shapes => ["cluster_size=4096", "cluster_size=65536"];
}
