using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>
/// The names a driver has beside those its author gives: generated ones, and those it inherits from the library and
/// generated code calls by their short form.
/// </summary>
internal sealed class DriverNames
{
    private static readonly ImmutableArray<string> Properties = ["Format", "DriverOptions", "Header", "CreateAsync"];

    private static readonly ImmutableArray<string> TableProperties =
    [
        "Format", "DriverOptions", "CreateAsync", "FirstTableBytes",
        "_rootLevel", "_leafLevel", "_counts", "_firstTable", "_clusterShift", "_leafShift", "_leafMask",
    ];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Methods =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["OpenAsync"] = ["BlockGen.IStorage", "BlockGen.OpenOptions", "System.Threading.CancellationToken"],
            ["StreamAsync"] = ["BlockGen.StreamOptions", "System.Threading.CancellationToken"],
        }.ToImmutableDictionary();

    private readonly INamedTypeSymbol _driver;
    private readonly ImmutableArray<INamedTypeSymbol> _bases;
    private readonly bool _hasTables;

    /// <param name="driver">The driver.</param>
    /// <param name="library">What declares its attribute.</param>
    public DriverNames(INamedTypeSymbol driver, IAssemblySymbol library)
    {
        _driver = driver;
        _hasTables = driver.Declared("Lookup") is not null;
        string name = _hasTables ? "BlockGen.MappedImage`1"
            : driver.Declared("IdentityLookup") is not null ? "BlockGen.IdentityImage"
            : "BlockGen.LookupImage";
        _bases = [.. Chain(library.GetTypeByMetadataName(name))];
    }

    /// <summary>A type as it is understood inside the driver.</summary>
    public string Of(ITypeSymbol type) =>
        Inherited(type.Name) is null && !Generated.Contains(type.Name)
            ? TypeParser.NameOf(type, _driver)
            : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>
    /// Whether the driver may derive from what its author wrote: nothing, or what is generated anyway.
    /// </summary>
    public bool IsRightBase(INamedTypeSymbol? written, INamedTypeSymbol? header) =>
        written is null or { SpecialType: SpecialType.System_Object }
        || (SymbolEqualityComparer.Default.Equals(written.OriginalDefinition, _bases.FirstOrDefault())
            && written.TypeArguments.All(argument => SymbolEqualityComparer.Default.Equals(argument, header)));

    /// <summary>Reports members of the author that hide or repeat others.</summary>
    /// <param name="overridden">Virtual members that are generated for this driver.</param>
    /// <param name="problems">Receives them.</param>
    public void RequireFree(ImmutableHashSet<string> overridden, ProblemList problems)
    {
        TypeParser.RequireFreeNames(_driver, Generated, Methods, problems);
        if (Inherited(_driver.Name) is { } like && (like.IsAbstract || overridden.Contains(like.Name)))
        {
            problems.Add(ProblemKind.MemberNameTaken, _driver, _driver.Name);
        }

        foreach (ISymbol member in _driver.OfAuthor().Where(member => member.CanBeReferencedByName))
        {
            ISymbol? inherited = Inherited(member.Name);
            bool isOwn = inherited is null
                || (member.IsOverride && !inherited.IsAbstract && !overridden.Contains(member.Name));
            if (!isOwn)
            {
                problems.Add(ProblemKind.MemberNameTaken, member, member.Name);
            }
        }
    }

    private ImmutableArray<string> Generated => _hasTables ? TableProperties : Properties;

    private ISymbol? Inherited(string name) => _bases
        .SelectMany(type => type.GetMembers(name))
        .FirstOrDefault(member => member.DeclaredAccessibility
            is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal);

    private static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol? type)
    {
        for (; type is not null && type.SpecialType is not SpecialType.System_Object; type = type.BaseType)
        {
            yield return type;
        }
    }
}
