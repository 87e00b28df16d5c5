using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads fields in file order and gives each its offset.</summary>
internal sealed class FieldParser(
    INamedTypeSymbol owner,
    ImmutableHashSet<string> fieldNames,
    ProblemList problems,
    Func<INamedTypeSymbol, NestedStruct?> nested)
{
    private readonly List<FieldModel> _fields = [];
    private readonly FieldTypeParser _types = new(owner, problems, nested);

    /// <summary>The fields read so far.</summary>
    public IReadOnlyList<FieldModel> Fields => _fields;

    /// <summary>Where the last one ends.</summary>
    public long End { get; private set; }

    public void Parse(IPropertySymbol property, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        End += ReservedBefore(property);
        if (_types.Parse(property) is not var (type, size) || End + size > int.MaxValue)
        {
            return;
        }

        RuleParser rules = new(owner, property, type, (int)size, fieldNames, _fields, problems);
        _fields.Add(new FieldModel(
            property.Name,
            (int)End,
            (int)size,
            type,
            Documentation.FirstSentence(property, cancellation),
            PresenceParser.Parse(property, fieldNames, _fields, owner, problems),
            rules.Parse(),
            Checksum: null));
        End += size;
    }

    private int ReservedBefore(IPropertySymbol property)
    {
        if (property.Declared("ReservedBefore") is not { } reserved)
        {
            return 0;
        }

        if (reserved.IsBroken() || reserved.Positional(0)?.Value is not int bytes)
        {
            problems.AddCompilerError();
            return 0;
        }

        if (bytes <= 0)
        {
            problems.Add(ProblemKind.ReservedNegative, reserved, property.Name, $"{bytes}");
            return 0;
        }

        return bytes;
    }
}
