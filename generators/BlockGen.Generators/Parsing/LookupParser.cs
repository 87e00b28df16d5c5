using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads how guest offsets are found.</summary>
internal static class LookupParser
{
    public static LookupModel? Parse(
        INamedTypeSymbol type, INamedTypeSymbol? header, MarkedMembers marked, DriverNames names, ProblemList problems)
    {
        AttributeData? identity = type.Declared("IdentityLookup");
        AttributeData[] tables = [.. type.Declared().Where(attribute => attribute.Name() == "Lookup")];
        string? method = marked.Method(
            "LookupMethod",
            "System.Threading.Tasks.ValueTask<BlockGen.Extent>",
            "BlockGen.GuestRange",
            "System.Threading.CancellationToken");
        int declared = (identity is null ? 0 : 1) + tables.Length + (method is null ? 0 : 1);
        if (declared != 1)
        {
            problems.Add(declared == 0 ? ProblemKind.LookupMissing : ProblemKind.LookupRepeated, type, type.Name);
            return null;
        }

        return identity is not null ? new LookupModel.Identity()
            : method is not null ? new LookupModel.Method(Identifier.Member(method, "this"))
            : ParseTables(type, header, tables[0], names, problems);
    }

    private static LookupModel? ParseTables(
        INamedTypeSymbol type, INamedTypeSymbol? header, AttributeData lookup, DriverNames names, ProblemList problems)
    {
        if (lookup.AttributeConstructor is null || lookup.AttributeClass is not { } attribute)
        {
            problems.AddCompilerError();
            return null;
        }

        if (header is null)
        {
            problems.Add(ProblemKind.HeaderMissing, lookup, type.Name);
            return null;
        }

        ITypeSymbol[] entries = [.. attribute.TypeArguments];
        ITypeSymbol leaf = entries[entries.Length - 1];
        ITypeSymbol? root = entries.Length == 2 ? entries[0] : null;
        bool leafIsSound = RequireKinds(type, lookup, leaf, problems, "Unallocated", "Data");
        bool rootIsSound = root is null || RequireKinds(type, lookup, root, problems, "Unallocated", "Table");
        if (leafIsSound && Kinds(leaf).Contains("Table"))
        {
            problems.Add(ProblemKind.EntryKindUnsuitable, lookup, leaf.Name, "Table", "leaf");
        }

        string? mapping = rootIsSound && root is not null
            ? Kinds(root).FirstOrDefault(kind => kind is not ("Unallocated" or "Table"))
            : null;
        if (mapping is not null)
        {
            problems.Add(ProblemKind.EntryKindUnsuitable, lookup, root!.Name, mapping, "root");
        }

        string? place = HeaderNumber(header, lookup, "Root", problems);
        string? unitBase = HeaderNumber(header, lookup, "UnitBase", problems);
        string? unitBytes = HeaderNumber(header, lookup, "UnitBytes", problems);
        string? alignedFrom = HeaderNumber(header, lookup, "AlignedFrom", problems);
        string? alignedTo = HeaderNumber(header, lookup, "AlignedTo", problems);
        return place is null || !leafIsSound || !rootIsSound
            ? null
            : new LookupModel.Tables(
                root is null ? null : names.Of(root),
                names.Of(leaf),
                place,
                unitBase,
                unitBytes,
                alignedFrom,
                alignedTo,
                Kinds(leaf).Contains("Zero"));
    }

    /// <summary>An expression for a number in the header that an argument names; null when it names none.</summary>
    private static string? HeaderNumber(
        INamedTypeSymbol header, AttributeData lookup, string argument, ProblemList problems)
    {
        if (lookup.Text(argument) is not { } name)
        {
            if (argument == "Root")
            {
                problems.AddCompilerError();
            }

            return null;
        }

        IPropertySymbol? member = header.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault();
        bool isReadable = member is { IsStatic: false } && Visibility.IsVisible(member) && Visibility.IsVisible(member.GetMethod);
        bool isOffset = isReadable && FieldTypeParser.IsLibraryType(member!.Type, "HostOffset");
        bool isNumber = isReadable && member!.Type.SpecialType is SpecialType.System_Byte
            or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64;
        if (!isOffset && !isNumber)
        {
            problems.Add(ProblemKind.HeaderMemberUnknown, lookup, header.Name, name, argument);
            return null;
        }

        return $"Header.{Identifier.Escape(name)}{(isOffset ? ".Value" : "")}";
    }

    private static bool RequireKinds(
        INamedTypeSymbol type, AttributeData lookup, ITypeSymbol entry, ProblemList problems, params string[] kinds)
    {
        if (entry.Declared("TableEntry") is null)
        {
            problems.Add(ProblemKind.NotTableEntry, lookup, type.Name, entry.Name);
            return false;
        }

        if (entry is INamedTypeSymbol named && !named.DeclaringSyntaxReferences.IsEmpty
            && TableEntryParser.Parse(named, CancellationToken.None).Model is null)
        {
            problems.AddCompilerError();
            return false;
        }

        string? missing = kinds.FirstOrDefault(kind => !Kinds(entry).Contains(kind));
        if (missing is not null)
        {
            problems.Add(ProblemKind.EntryKindMissing, lookup, entry.Name, missing);
        }

        return missing is null;
    }

    private static IEnumerable<string?> Kinds(ITypeSymbol entry) =>
        entry.Declared().Where(attribute => attribute.Name() == "EntryIs").Select(line => line.Positional(0)?.AsMember());
}
