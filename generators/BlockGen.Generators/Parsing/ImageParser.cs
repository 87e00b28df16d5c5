using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads an image format's declaration.</summary>
internal static class ImageParser
{
    public static Parsed<ImageModel> Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ProblemList problems = new(type);
        AttributeData? declaration = type.Declared("ImageFormat");
        if (declaration is null || declaration.IsBroken() || declaration.Positional(0)?.Value is not string name)
        {
            return problems.Failure<ImageModel>();
        }

        DeclaredType declared = TypeParser.Parse(type, "class", problems);
        if (type is not { TypeKind: TypeKind.Class, IsRecord: false, IsSealed: true, IsStatic: false, IsAbstract: false })
        {
            problems.Add(ProblemKind.NotSealedClass, type, type.Name);
        }

        if (name.Length == 0 || name.Any(letter => char.IsWhiteSpace(letter) || letter is ',' or '=' or ':'))
        {
            problems.Add(ProblemKind.FormatNameInvalid, declaration, type.Name, name);
        }

        MarkedMembers marked = new(type, problems);
        DriverNames names = new(type, declaration.AttributeClass!.ContainingAssembly);
        INamedTypeSymbol? header = StructOf(type, declaration, problems);
        LookupModel? lookup = LookupParser.Parse(type, header, marked, names, problems);
        RequireDerivable(type, header, lookup, declaration, names, problems);
        ImageMembers? members = ImageMembersParser.Parse(type, header, lookup, marked, problems);
        bool isTwoLevel = lookup is LookupModel.Tables { RootEntry: not null };
        DirtyMarkModel? dirtyMark = DirtyMarkParser.Parse(type, header, names, problems);
        WriteOrderTraits traits = new(isTwoLevel, dirtyMark is not null, members?.MappedCount is not null, members?.ReferenceCounts is not null);
        EquatableArray<string> order = lookup is LookupModel.Tables && members is not null
            ? WriteOrderParser.Parse(type, traits, problems)
            : EquatableArray<string>.Empty;
        CreateModel? create = CreateParser.Parse(type, header, marked, names, problems);
        bool canCreate = create is { WritesFile: true }
            ? lookup is not LookupModel.Tables
            : lookup is LookupModel.Tables || (lookup is LookupModel.Identity && header is null);
        if (create is not null && lookup is not null && !canCreate)
        {
            problems.Add(ProblemKind.MarkerUnsuitable, type, type.Name, "Create", ImageMembersParser.SizedLookups);
        }

        if (marked.Single("Creating") is not null && (create is null || lookup is not (null or LookupModel.Tables)))
        {
            problems.Add(
                ProblemKind.MarkerUnsuitable, type, type.Name, "Creating", "Create and a lookup through tables");
        }

        bool findsTail = declaration.Named("FreeSpace")?.AsMember() == "AfterHighestMapped";
        RequireTables(type, declaration, lookup, problems);
        names.RequireFree(CapabilityNames.Of(members, lookup, dirtyMark, findsTail), problems);
        return lookup is null || members is null
            ? problems.Failure<ImageModel>()
            : problems.Result(new ImageModel(
                declared,
                name,
                Documentation.FirstSentence(type, cancellation),
                header is null ? null : names.Of(header),
                OptionsOf(type, declaration, names, problems),
                lookup,
                members,
                findsTail,
                declaration.Flag("HidesClusters"),
                declaration.Flag("TellsImageEnd"),
                declaration.Flag("UnallocatedIsNowhere"),
                order,
                dirtyMark,
                create));
    }

    private static INamedTypeSymbol? StructOf(INamedTypeSymbol type, AttributeData declaration, ProblemList problems)
    {
        if (declaration.Named("Header")?.Value is not INamedTypeSymbol header)
        {
            return null;
        }

        if (header.Declared("DiskStruct") is null)
        {
            problems.Add(ProblemKind.HeaderNotDiskStruct, declaration, type.Name, header.Name);
            return header;
        }

        // A header that generates nothing would leave the driver without its codec.
        if (!header.DeclaringSyntaxReferences.IsEmpty
            && DiskStructParser.Parse(header, CancellationToken.None).Model is null)
        {
            problems.AddCompilerError();
        }

        return header;
    }

    /// <summary>
    /// The generated part gives the driver its base class, whose type arguments are seen wherever it is.
    /// </summary>
    private static void RequireDerivable(
        INamedTypeSymbol type, INamedTypeSymbol? header, LookupModel? lookup, AttributeData at, DriverNames names,
        ProblemList problems)
    {
        if (type.BaseType is { TypeKind: TypeKind.Error })
        {
            problems.AddCompilerError();
        }
        else if (!names.IsRightBase(type.BaseType, header)
            || type.OfAuthor().Any(member => member is IMethodSymbol { MethodKind: MethodKind.Constructor }))
        {
            problems.Add(ProblemKind.NotSealedClass, type, type.Name);
        }

        if (lookup is LookupModel.Tables && header is not null && !Visibility.Covers(header, type))
        {
            problems.Add(ProblemKind.HeaderNotDiskStruct, at, type.Name, header.Name);
        }
    }

    private static void RequireTables(
        INamedTypeSymbol type, AttributeData declaration, LookupModel? lookup, ProblemList problems)
    {
        if (lookup is null or LookupModel.Tables)
        {
            return;
        }

        (string Name, bool IsThere)[] forTables =
        [
            ("FreeSpace", declaration.Named("FreeSpace") is not null),
            ("DirtyMark", type.Declared("DirtyMark") is not null),
            ("WriteOrder", type.Declared("WriteOrder") is not null),
        ];
        foreach ((string name, _) in forTables.Where(part => part.IsThere))
        {
            problems.Add(ProblemKind.MarkerUnsuitable, declaration, type.Name, name, "a lookup through tables");
        }
    }

    private static string? OptionsOf(
        INamedTypeSymbol type, AttributeData declaration, DriverNames names, ProblemList problems)
    {
        if (declaration.Named("OpenOptions")?.Value is not INamedTypeSymbol options)
        {
            return null;
        }

        if (options.Declared("CreateOptions") is null)
        {
            problems.Add(ProblemKind.NotOptions, declaration, type.Name, options.Name);
        }
        else if (CreateOptionsParser.IsMalformed(options))
        {
            problems.AddCompilerError();
        }

        return names.Of(options);
    }
}
