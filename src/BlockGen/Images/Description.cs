namespace BlockGen;

/// <summary>What an image says about itself: the declared fields with their values.</summary>
/// <param name="Format">The format's name.</param>
/// <param name="Lookup">The lookup path in words.</param>
/// <param name="WriteOrder">The write order in words.</param>
/// <param name="Fields">Every declared header field.</param>
/// <param name="Regions">Where the metadata lies, in file order.</param>
public sealed record ImageDescription(
    string Format,
    string Lookup,
    string WriteOrder,
    IReadOnlyList<DescribedField> Fields,
    IReadOnlyList<DescribedRegion> Regions);

/// <summary>A declared field and its value.</summary>
/// <param name="Layout">The field; its offset counts from the start of the storage.</param>
/// <param name="Value">Its value as text; null where the field is absent.</param>
public sealed record DescribedField(FieldLayout Layout, string? Value);

/// <summary>A run of the storage and what it is for.</summary>
/// <param name="Name">Header, table, backing file name.</param>
/// <param name="Range">Where it is.</param>
public sealed record DescribedRegion(string Name, HostRange Range);
