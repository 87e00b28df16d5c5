using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads an image format's declaration.</summary>
internal static class ImageParser
{
    public const string AttributeName = "BlockGen.ImageFormatAttribute";

    private static readonly ImmutableArray<string> GeneratedProperties =
    [
        "Format", "Driver", "DriverOptions", "Header", "Length", "ClusterBytes", "Geometry", "FirstTableBytes",
        "_rootLevel", "_leafLevel", "_firstTable", "_clusterShift", "_leafShift", "_leafMask",
    ];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> GeneratedMethods =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["OpenAsync"] = ["BlockGen.IStorage", "BlockGen.OpenOptions", "System.Threading.CancellationToken"],
            ["Describe"] = [],
            ["ReadAsync"] = ["BlockGen.GuestOffset", "BlockGen.GuestReadBuffer", "System.Threading.CancellationToken"],
            ["WriteAsync"] = ["BlockGen.GuestOffset", "BlockGen.GuestWriteBuffer", "System.Threading.CancellationToken"],
        }.ToImmutableDictionary();

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
        INamedTypeSymbol? header = StructOf(type, declaration, problems);
        LookupModel? lookup = LookupParser.Parse(type, header, marked, problems);
        ImageMembers? members = ImageMembersParser.Parse(type, header, lookup, marked, problems);
        bool isTwoLevel = lookup is LookupModel.Tables { RootEntry: not null };
        DirtyMarkModel? dirtyMark = DirtyMarkParser.Parse(type, header, problems);
        WriteOrderTraits traits = new(isTwoLevel, dirtyMark is not null, members?.MappedCount is not null);
        EquatableArray<string> order = WriteOrderParser.Parse(type, traits, problems);
        CreateModel? create = CreateParser.Parse(type, header, marked, problems);
        bool canCreate = lookup is LookupModel.Tables || (lookup is LookupModel.Identity && header is null);
        if (create is not null && lookup is not null && !canCreate)
        {
            problems.Add(
                ProblemKind.MarkerUnsuitable, type, type.Name, "Create", "a lookup through tables or an identity without a header");
        }

        TypeParser.RequireFreeNames(type, GeneratedProperties, GeneratedMethods, problems);
        return lookup is null || members is null
            ? problems.Failure<ImageModel>()
            : problems.Result(new ImageModel(
                declared,
                name,
                Documentation.FirstSentence(type, cancellation),
                header is null ? null : TypeParser.NameOf(header, type),
                OptionsOf(type, declaration, problems),
                lookup,
                members,
                declaration.Named("Tail")?.AsMember() == "HighestMapped",
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
            return null;
        }

        // A header that generates nothing would leave the driver without its codec.
        if (!header.DeclaringSyntaxReferences.IsEmpty
            && DiskStructParser.Parse(header, CancellationToken.None).Model is null)
        {
            problems.AddCompilerError();
        }

        return header;
    }

    private static string? OptionsOf(INamedTypeSymbol type, AttributeData declaration, ProblemList problems)
    {
        if (declaration.Named("OpenOptions")?.Value is not INamedTypeSymbol options)
        {
            return null;
        }

        if (options.Declared("CreateOptions") is null)
        {
            problems.Add(ProblemKind.NotOptions, declaration, type.Name, options.Name);
        }

        return TypeParser.NameOf(options, type);
    }
}
