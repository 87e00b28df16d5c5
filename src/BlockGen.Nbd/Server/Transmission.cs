namespace BlockGen.Nbd;

/// <summary>What a client and the server have agreed on.</summary>
/// <param name="Export">The export that requests are about.</param>
/// <param name="Style">The form of replies.</param>
/// <param name="Contexts">What status requests tell of.</param>
internal sealed record Transmission(NbdExport Export, ReplyStyle Style, IReadOnlyList<MetaContext> Contexts);

/// <summary>The form of replies.</summary>
internal enum ReplyStyle
{
    /// <summary>A header, and the data of a read.</summary>
    Simple,

    /// <summary>Chunks.</summary>
    Structured,

    /// <summary>Chunks with 64-bit lengths.</summary>
    Extended,
}

/// <summary>Something that status requests tell of an extent.</summary>
/// <param name="Id">What replies know it by.</param>
/// <param name="Name">What clients ask for.</param>
internal sealed record MetaContext(uint Id, string Name)
{
    private const string BaseNamespace = "base:";
    private const string QemuNamespace = "qemu:";

    /// <summary>Whether a range is stored, and whether it is zero.</summary>
    public static MetaContext Allocation { get; } = new(1, "base:allocation");

    /// <summary>In which layer of the chain a range is stored; 1 is the top, 0 is none.</summary>
    public static MetaContext AllocationDepth { get; } = new(2, "qemu:allocation-depth");

    /// <summary>The contexts of an export that one of the queries asks for.</summary>
    /// <param name="export">The export.</param>
    /// <param name="queries">What is asked for.</param>
    /// <param name="takesWildcards">Whether a query may be a namespace alone, and no query asks for everything.</param>
    public static IReadOnlyList<MetaContext> Select(
        NbdExport export, IReadOnlyList<string> queries, bool takesWildcards)
    {
        IEnumerable<MetaContext> offered = export.HasAllocationDepth ? [Allocation, AllocationDepth] : [Allocation];
        return [.. offered.Where(context => takesWildcards && queries.Count == 0 || queries.Any(Asks(context)))];

        Func<string, bool> Asks(MetaContext context) => query => query == context.Name
            || (takesWildcards && query is BaseNamespace or QemuNamespace
                && context.Name.StartsWith(query, StringComparison.Ordinal));
    }
}
