using System.Collections.Immutable;

namespace BlockGen.Generators;

/// <summary>
/// The virtual members that a driver's declaration has generated; an author who writes them too writes them twice.
/// </summary>
internal static class CapabilityNames
{
    public static ImmutableHashSet<string> Of(
        ImageMembers? members, LookupModel? lookup, DirtyMarkModel? dirtyMark, bool findsTail) =>
        [.. All(members, dirtyMark, findsTail), .. OfResizing(members, lookup)];

    private static IEnumerable<string> OfResizing(ImageMembers? members, LookupModel? lookup)
    {
        if (members?.Resize is null)
        {
            return [];
        }

        return lookup is LookupModel.Identity
            ? ["StorageBytesFor"]
            : ["HeaderForSize", members.TableBytes is null || members.RootTableBytes is not null ? "GrowTablesAsync" : "MappableClusterCount"];
    }

    private static IEnumerable<string> All(ImageMembers? members, DirtyMarkModel? dirtyMark, bool findsTail)
    {
        if (members?.Compressed is not null)
        {
            yield return "HasCompressedClusters";
            yield return "UnitOf";
        }

        if (members?.CompressedEntry is not null)
        {
            yield return "PublishCompressedAsync";
        }

        if (members?.ReferenceCounts is not null)
        {
            yield return "Counts";
        }

        if (members?.Allocator is not null)
        {
            yield return "Reserve";
        }

        if (findsTail || members?.MappedCount is not null)
        {
            yield return "FindTailAsync";
        }

        if (members?.MappedCount is not null)
        {
            yield return "CountsClusters";
            yield return "HeaderFor";
        }

        if (dirtyMark is not null)
        {
            yield return "HasDirtyMark";
            yield return "HeaderWithDirtyMark";
        }

        if (members?.WriteObstacle is not null)
        {
            yield return "ObstacleToWriting";
        }

        if (members?.BackingName is not null)
        {
            yield return "BackingNameRange";
            yield return "BackingFormatName";
        }

        if (members?.BackingLink is not null)
        {
            yield return "BackingNameRoom";
            yield return "HeaderWithBacking";
        }
    }
}
