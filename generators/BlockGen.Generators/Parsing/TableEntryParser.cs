using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads a table entry's declaration.</summary>
internal static class TableEntryParser
{
    private static readonly ImmutableArray<string> Properties = ["Size", "Bits", "Kind", "Units", "IsShared"];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Methods =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["Load"] = ["byte"],
            ["Store"] = ["byte"],
            ["TryMake"] = ["BlockGen.MappingKind"],
        }.ToImmutableDictionary();

    public static Parsed<TableEntryModel> Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ProblemList problems = new(type);
        AttributeData? declaration = type.Declared("TableEntry");
        if (declaration is null || declaration.IsBroken() || declaration.Positional(0)?.AsMember() is not { } order)
        {
            return problems.Failure<TableEntryModel>();
        }

        DeclaredType declared = TypeParser.Parse(type, "record struct", problems);
        RequireFreeNames(type, problems);
        if (type is not { TypeKind: TypeKind.Struct, IsRecord: true, IsReadOnly: true })
        {
            problems.Add(ProblemKind.NotEntryRecordStruct, type, type.Name);
            return problems.Failure<TableEntryModel>();
        }

        if (RawNumber(type) is not { } number)
        {
            problems.Add(ProblemKind.RawInvalid, type, type.Name);
            return problems.Failure<TableEntryModel>();
        }

        ulong unsharedBit = declaration.Number("UnsharedBit") ?? 0;
        ulong hostMask = HostMask(type, declaration, number, problems);
        ImmutableArray<EntryLine> lines = EntryLineParser.Parse(type, number, problems);
        if (!problems.IsSound)
        {
            return problems.Failure<TableEntryModel>();
        }

        return problems.Result(new TableEntryModel(
            declared,
            order == "Big",
            number.Size,
            hostMask,
            LowestBit(hostMask),
            unsharedBit,
            lines.ToEquatableArray(),
            EntryRecipes.Of(lines, hostMask, unsharedBit).ToEquatableArray()));
    }

    private static void RequireFreeNames(INamedTypeSymbol type, ProblemList problems)
    {
        TypeParser.RequireFreeNames(type, Properties, ImmutableDictionary<string, ImmutableArray<string>>.Empty, problems);
        if (Methods.ContainsKey(type.Name))
        {
            problems.Add(ProblemKind.MemberNameTaken, type, type.Name);
        }

        // Their overloads differ in what they pass by reference; any member of that name is one too many.
        foreach (ISymbol member in type.OfAuthor().Where(member => Methods.ContainsKey(member.Name)))
        {
            problems.Add(ProblemKind.MemberNameTaken, member, member.Name);
        }
    }

    private static NumberType? RawNumber(INamedTypeSymbol type)
    {
        IPropertySymbol? raw = type.GetMembers("Raw").OfType<IPropertySymbol>().FirstOrDefault();
        bool isOnlyParameter = type.InstanceConstructors.Any(constructor =>
            constructor is { IsImplicitlyDeclared: false, Parameters: [{ Name: "Raw", RefKind: RefKind.None } parameter] }
            && SymbolEqualityComparer.Default.Equals(parameter.Type, raw?.Type));
        return isOnlyParameter && raw?.Type.SpecialType is SpecialType.System_UInt32 or SpecialType.System_UInt64
            ? FieldTypeParser.NumberOf(raw.Type)
            : null;
    }

    private static ulong HostMask(INamedTypeSymbol type, AttributeData declaration, NumberType number, ProblemList problems)
    {
        if (declaration.Number("HostMask") is not { } mask)
        {
            return number.AllBits;
        }

        ulong run = mask == 0 ? 0 : mask >> LowestBit(mask);
        if (mask == 0 || mask > number.AllBits || (run & unchecked(run + 1)) != 0)
        {
            problems.Add(ProblemKind.HostMaskInvalid, declaration, type.Name, Literal.Hex(mask));
        }

        return mask;
    }

    private static int LowestBit(ulong mask)
    {
        int bit = 0;
        while (bit < 63 && ((mask >> bit) & 1) == 0)
        {
            bit++;
        }

        return bit;
    }
}
