using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads checksums, once every field has its place.</summary>
internal static class ChecksumParser
{
    public static EquatableArray<FieldModel> Parse(
        ImmutableArray<IPropertySymbol> properties, IReadOnlyList<FieldModel> fields, int size, ProblemList problems)
    {
        List<FieldModel> result = [];
        foreach (FieldModel field in fields)
        {
            AttributeData? attribute = properties.First(property => property.Name == field.Name).Declared("Checksum");
            result.Add(attribute is null ? field : field with { Checksum = Parse(attribute, field, fields, size, problems) });
        }

        foreach (FieldModel field in result.Where(field => field.Checksum is not null))
        {
            RequireNoOtherInside(properties.First(property => property.Name == field.Name), field, result, problems);
        }

        return result.ToEquatableArray();
    }

    private static ChecksumModel? Parse(
        AttributeData attribute, FieldModel field, IReadOnlyList<FieldModel> fields, int size, ProblemList problems)
    {
        if (attribute.IsBroken() || attribute.Positional(0)?.AsMember() is not { } kind)
        {
            problems.AddCompilerError();
            return null;
        }

        if (field.Presence is not null
            || field.Type is not FieldType.Integer { Number.Keyword: "uint", EnumName: null })
        {
            problems.Add(ProblemKind.ChecksumUnsuitable, attribute, field.Name);
            return null;
        }

        string? fromName = attribute.Text("From");
        string? throughName = attribute.Text("Through");
        FieldModel? from = fields.FirstOrDefault(other => other.Name == fromName);
        FieldModel? through = fields.FirstOrDefault(other => other.Name == throughName);
        int start = from?.Offset ?? 0;
        int end = through is null ? size : through.Offset + through.Size;
        if (fromName is not null && from is null)
        {
            problems.Add(ProblemKind.ChecksumRangeUnknown, attribute, field.Name, fromName);
            return null;
        }

        if (throughName is not null && (through is null || end <= start))
        {
            problems.Add(ProblemKind.ChecksumRangeUnknown, attribute, field.Name, throughName);
            return null;
        }

        string cover = fromName is null && throughName is null
            ? "the structure"
            : $"{fromName ?? "the start"} to {throughName ?? "the end"}";
        return new ChecksumModel(kind, start, end, cover);
    }

    private static void RequireNoOtherInside(
        IPropertySymbol property, FieldModel field, IReadOnlyList<FieldModel> fields, ProblemList problems)
    {
        ChecksumModel covering = field.Checksum!;
        FieldModel? inside = fields.FirstOrDefault(other =>
            other.Checksum is not null
            && other.Name != field.Name
            && other.Offset < covering.To
            && other.Offset + other.Size > covering.From);
        if (inside is not null)
        {
            problems.Add(ProblemKind.ChecksumsOverlap, property, field.Name, inside.Name);
        }
    }
}
