using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads the driver's marked members and what they need of each other.</summary>
internal static class ImageMembersParser
{
    /// <summary>The lookups whose images can be made from a header or a size.</summary>
    public const string SizedLookups = "a lookup through tables or an identity without a header";

    private const string ResizableLookups = "a lookup through tables or an identity";

    public static ImageMembers? Parse(
        INamedTypeSymbol type, INamedTypeSymbol? header, LookupModel? lookup, MarkedMembers marked, ProblemList problems)
    {
        string headerType = header?.ToDisplayString() ?? "the header";
        string? guestSize = Property("GuestSize", "ulong", "uint");
        string? clusterSize = Property("ClusterSize", "ulong", "uint");
        ImageMembers members = new(
            guestSize ?? "",
            clusterSize,
            Property("TableBytes", "ulong", "uint"),
            Property("RootTableBytes", "ulong", "uint"),
            Property("ZeroClusters", "bool"),
            Method("Compressed", "BlockGen.CompressedUnit", "ulong", "BlockGen.GuestRange"),
            Method("CompressedEntry", "ulong", "BlockGen.HostRange"),
            Method("ReferenceCounts", "BlockGen.ReferenceCounts"),
            Property("DataStart", "BlockGen.HostOffset"),
            Property("HostStart", "BlockGen.HostOffset"),
            Property("BackingName", "BlockGen.HostRange"),
            Property("BackingFormat", "string", "string?"),
            Method("BackingLink", headerType, "BlockGen.BackingLink?", "BlockGen.HostRange"),
            Property("BackingNameSpace", "BlockGen.HostRange"),
            Method("Allocator", "BlockGen.HostOffset", "ulong"),
            Method("MappedCount", headerType, "ulong"),
            Method("Resize", header is null || lookup is LookupModel.Identity ? "ulong" : headerType, "ulong"),
            Property("WriteObstacle", "string", "string?"),
            marked.Method("Opening", "System.Threading.Tasks.ValueTask", "System.Threading.CancellationToken"));

        Require(guestSize, "GuestSize", type, problems);
        if (lookup is LookupModel.Tables tables)
        {
            Require(clusterSize, "ClusterSize", type, problems);
            if (tables.RootEntry is not null)
            {
                Require(members.TableBytes, "TableBytes", type, problems);
            }

            RequireTogether(type, problems, members);
        }
        else if (lookup is not null)
        {
            RequireTables(type, lookup, problems, members);
        }

        if (lookup is not (null or LookupModel.Identity) && members.HostStart is not null)
        {
            problems.Add(ProblemKind.MarkerUnsuitable, type, type.Name, "HostStart", "an identity lookup");
        }

        if (members.Resize is not null && lookup is LookupModel.Method)
        {
            problems.Add(ProblemKind.MarkerUnsuitable, type, type.Name, "Resize", ResizableLookups);
        }

        if (lookup is LookupModel.Identity && clusterSize is not null)
        {
            problems.Add(ProblemKind.MarkerUnsuitable, type, type.Name, "ClusterSize", "another lookup");
        }

        return guestSize is null ? null : members;

        string? Property(string marker, params string[] types) => Own(marked.Property(marker, types));

        string? Method(string marker, string returns, params string[] parameters) =>
            Own(marked.Method(marker, returns, parameters));
    }

    private static string? Own(string? member) => member is null ? null : Identifier.Member(member, "this");

    private static void RequireTogether(INamedTypeSymbol type, ProblemList problems, ImageMembers members)
    {
        (string Marker, string? Member)[] backing =
        [
            ("BackingName", members.BackingName),
            ("BackingLink", members.BackingLink),
            ("BackingNameSpace", members.BackingNameSpace),
        ];
        if (backing.Any(part => part.Member is not null) || members.BackingFormat is not null)
        {
            foreach ((string marker, string? member) in backing)
            {
                Require(member, marker, type, problems);
            }
        }
    }

    private static void RequireTables(
        INamedTypeSymbol type, LookupModel lookup, ProblemList problems, ImageMembers members)
    {
        (string Marker, string? Member)[] forTables =
        [
            ("TableBytes", members.TableBytes),
            ("RootTableBytes", members.RootTableBytes),
            ("ZeroClusters", members.ZeroClusters),
            ("Compressed", members.Compressed),
            ("CompressedEntry", members.CompressedEntry),
            ("ReferenceCounts", members.ReferenceCounts),
            ("DataStart", members.DataStart),
            ("BackingLink", members.BackingLink),
            ("BackingNameSpace", members.BackingNameSpace),
            ("Allocator", members.Allocator),
            ("MappedCount", members.MappedCount),
            ("WriteObstacle", members.WriteObstacle),
        ];
        foreach ((string marker, string? member) in forTables)
        {
            if (member is not null)
            {
                problems.Add(ProblemKind.MarkerUnsuitable, type, type.Name, marker, "a lookup through tables");
            }
        }

        if (lookup is LookupModel.Identity)
        {
            (string Marker, string? Member)[] forOthers =
                [("BackingName", members.BackingName), ("BackingFormat", members.BackingFormat)];
            foreach ((string marker, string? member) in forOthers)
            {
                if (member is not null)
                {
                    problems.Add(ProblemKind.MarkerUnsuitable, type, type.Name, marker, "another lookup");
                }
            }
        }
        else if (members.BackingFormat is not null)
        {
            Require(members.BackingName, "BackingName", type, problems);
        }
    }

    private static void Require(string? member, string marker, INamedTypeSymbol type, ProblemList problems)
    {
        if (member is null)
        {
            problems.Add(ProblemKind.MarkerMissing, type, type.Name, marker);
        }
    }
}
