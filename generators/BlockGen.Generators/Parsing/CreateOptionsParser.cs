using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the declaration of a set of options.</summary>
internal static class CreateOptionsParser
{
    private static readonly ImmutableArray<string> Properties = ["Options", "DescribeOptions"];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Methods =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["Parse"] = ["System.Collections.Generic.IReadOnlyDictionary<string, string>"],
        }.ToImmutableDictionary();

    /// <summary>
    /// Whether a declaration in source generates nothing, which leaves the drivers that use it without it.
    /// </summary>
    public static bool IsMalformed(INamedTypeSymbol type) =>
        !type.DeclaringSyntaxReferences.IsEmpty && Parse(type, CancellationToken.None).Model is null;

    public static Parsed<CreateOptionsModel> Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ProblemList problems = new(type);
        DeclaredType declared = TypeParser.Parse(type, "record", problems);
        if (type is not { TypeKind: TypeKind.Class, IsRecord: true, IsSealed: true, IsAbstract: false })
        {
            problems.Add(ProblemKind.NotSealedRecord, type, type.Name);
        }
        else if (!IsConstructible(type))
        {
            problems.Add(ProblemKind.OptionsNotConstructible, type, type.Name);
        }

        TypeParser.RequireFreeNames(type, Properties, Methods, problems);
        List<OptionModel> options = [];
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.Declared("Option") is not { } attribute || Parse(property, attribute, problems) is not { } option)
            {
                continue;
            }

            if (options.Any(other => other.Name == option.Name))
            {
                problems.Add(ProblemKind.OptionDuplicate, attribute, type.Name, option.Name);
            }

            options.Add(option);
        }

        return problems.Result(new CreateOptionsModel(declared, options.ToEquatableArray()));
    }

    private static OptionModel? Parse(IPropertySymbol property, AttributeData attribute, ProblemList problems)
    {
        if (attribute.IsBroken() || property.Type.TypeKind is TypeKind.Error)
        {
            problems.AddCompilerError();
            return null;
        }

        if (attribute.Positional(0)?.Value is not string name
            || name.Length == 0
            || name.Any(character => character is '=' or ',' || char.IsWhiteSpace(character)))
        {
            problems.Add(ProblemKind.OptionNameInvalid, attribute, property.Name);
            return null;
        }

        if (property is { IsStatic: true } or { IsIndexer: true } or { GetMethod: null } or { SetMethod: null })
        {
            problems.Add(ProblemKind.OptionNotSettable, property, property.Name);
            return null;
        }

        if (TypeOf(property.Type) is not var (reader, typeName))
        {
            problems.Add(ProblemKind.OptionTypeUnsupported, property, property.Name, property.Type.ToDisplayString());
            return null;
        }

        return new OptionModel(property.Name, name, reader, typeName, attribute.Text("Help") ?? "");
    }

    private static (string Reader, string TypeName)? TypeOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => ("Flag", "<bool (on/off)>"),
        { SpecialType: SpecialType.System_UInt32 or SpecialType.System_UInt64 } => ("Size", "<size>"),
        { SpecialType: SpecialType.System_String } => ("Text", "<str>"),
        _ when FieldTypeParser.IsLibraryType(type, "Secret") => ("Secret", "<str>"),
        INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Nullable_T,
            TypeArguments: [{ SpecialType: SpecialType.System_UInt64 }],
        } => ("Size", "<size>"),
        INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Nullable_T,
            TypeArguments: [{ SpecialType: SpecialType.System_Int64 }],
        } => ("Number", "<num>"),
        _ => null,
    };

    private static bool IsConstructible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return false;
            }
        }

        return type.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty);
    }
}
