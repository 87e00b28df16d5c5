namespace BlockGen.Generators.Tests.Declarations;

/// <summary>A rule whose unit is a constant zero, and one whose unit is a field that is zero.</summary>
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Zeroes
{
    public uint Unit { get; init; }

    [AlignedTo(nameof(Unit))]
    public uint Value { get; init; }

    [AlignedTo(nameof(None)), AtMost(nameof(Most))]
    public byte Other { get; init; }

    private const uint None = 0;

    private const uint Most = 300;
}
