namespace BlockGen;

/// <summary>
/// Declares an image format: a <c>sealed partial class</c>. The generator makes a complete driver of it. Add a lookup
/// (<see cref="LookupAttribute{TEntry}"/>, <see cref="LookupAttribute{TRoot, TLeaf}"/>,
/// <see cref="IdentityLookupAttribute"/> or <see cref="LookupMethodAttribute"/> on a method) and the members marked below;
/// a capability is a member that exists.
/// </summary>
/// <param name="name">The format's name, as <c>-f</c> takes it.</param>
/// <example>
/// <code>[ImageFormat("qed", Header = typeof(QedHeader))] public sealed partial class QedImage</code>
/// </example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ImageFormatAttribute(string name) : Attribute
{
    /// <summary>The format's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The <see cref="DiskStructAttribute"/> type at offset 0 of the storage; none for a format without a header.
    /// </summary>
    public Type? Header { get; init; }

    /// <summary>
    /// The <see cref="CreateOptionsAttribute"/> type of the options of opening an image; the driver finds their values in
    /// its generated property <c>DriverOptions</c>.
    /// </summary>
    public Type? OpenOptions { get; init; }

    /// <summary>Where new clusters go.</summary>
    public FreeSpace FreeSpace { get; init; }

    /// <summary>
    /// Tools tell neither the cluster size nor whether the image was closed cleanly, as QEMU's do for such formats.
    /// </summary>
    public bool HidesClusters { get; init; }

    /// <summary>A check tells where the last used byte of the file ends, as QEMU's does for such formats.</summary>
    public bool TellsImageEnd { get; init; }

    /// <summary>
    /// What is unallocated is nowhere, as in an overlay, although images have no backing file; otherwise such images say
    /// that it is zero.
    /// </summary>
    public bool UnallocatedIsNowhere { get; init; }
}

/// <summary>Where the space after the last cluster begins.</summary>
public enum FreeSpace
{
    /// <summary>At the end of the storage, rounded up to a cluster.</summary>
    AfterStorage,

    /// <summary>
    /// After the highest cluster that the tables map; found by reading them before the first allocation.
    /// </summary>
    AfterHighestMapped,
}

/// <summary>The guest's disk is the storage itself, from <see cref="HostStartAttribute"/> on.</summary>
/// <example><code>[ImageFormat("raw"), IdentityLookup] public sealed partial class RawImage</code></example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class IdentityLookupAttribute : Attribute;

/// <summary>One table: an entry for each cluster of the guest's disk.</summary>
/// <typeparam name="TEntry">Its entries.</typeparam>
/// <example><code>[Lookup&lt;VdiEntry&gt;(Root = nameof(VdiHeader.TableOffset))]</code></example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LookupAttribute<TEntry> : Attribute
    where TEntry : struct
{
    /// <summary>Header field (or computed header property) with the table's offset, in bytes.</summary>
    public required string Root { get; init; }

    /// <summary>Header member: host offset, in bytes, of unit 0. Zero when not given.</summary>
    public string? UnitBase { get; init; }

    /// <summary>Header member: bytes in one unit of an entry. One when not given: entries are byte offsets.</summary>
    public string? UnitBytes { get; init; }

    /// <summary>
    /// Header member: host offset, in bytes, from which on clusters are aligned. When not given they start at any unit.
    /// </summary>
    public string? AlignedFrom { get; init; }

    /// <summary>
    /// Header member: bytes, a power of two, that clusters are aligned to after <see cref="AlignedFrom"/>. When not given
    /// they are aligned to their size there.
    /// </summary>
    public string? AlignedTo { get; init; }
}

/// <summary>Two levels: a root table whose entries point at leaf tables, whose entries point at clusters.</summary>
/// <typeparam name="TRoot">Entries of the root table.</typeparam>
/// <typeparam name="TLeaf">Entries of the leaf tables.</typeparam>
/// <example><code>[Lookup&lt;QedL1Entry, QedL2Entry&gt;(Root = nameof(QedHeader.L1TableOffset))]</code></example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LookupAttribute<TRoot, TLeaf> : Attribute
    where TRoot : struct
    where TLeaf : struct
{
    /// <summary>Header field (or computed header property) with the root table's offset, in bytes.</summary>
    public required string Root { get; init; }

    /// <summary>Header member: host offset, in bytes, of unit 0. Zero when not given.</summary>
    public string? UnitBase { get; init; }

    /// <summary>Header member: bytes in one unit of an entry. One when not given: entries are byte offsets.</summary>
    public string? UnitBytes { get; init; }

    /// <summary>
    /// Header member: host offset, in bytes, from which on clusters are aligned. When not given they start at any unit.
    /// </summary>
    public string? AlignedFrom { get; init; }

    /// <summary>
    /// Header member: bytes, a power of two, that clusters are aligned to after <see cref="AlignedFrom"/>. When not given
    /// they are aligned to their size there.
    /// </summary>
    public string? AlignedTo { get; init; }
}

/// <summary>
/// Marks the way out: <c>ValueTask&lt;Extent&gt; Name(GuestRange range, CancellationToken cancellation)</c> finds the first
/// extent of a range by itself. The image is read-only; all the rest is still generated.
/// </summary>
/// <example>
/// <code>[LookupMethod] private ValueTask&lt;Extent&gt; FindAsync(GuestRange range, CancellationToken
///     cancellation)</code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LookupMethodAttribute : Attribute;

/// <summary>A step on the way of a new mapping to the disk.</summary>
public enum Step
{
    /// <summary>The header's dirty mark is set and flushed. First, where it is used.</summary>
    MarkDirty,

    /// <summary>The guest's data is in place.</summary>
    Data,

    /// <summary>A barrier: what came before is durable before anything after.</summary>
    Flush,

    /// <summary>The header with the count of clusters, as <see cref="MappedCountAttribute"/> makes it.</summary>
    Header,

    /// <summary>The counts of new tables and clusters, as <see cref="ReferenceCountsAttribute"/> says.</summary>
    Counts,

    /// <summary>The entries of leaf tables, or of the only table.</summary>
    Leaf,

    /// <summary>The entries of the root table.</summary>
    Root,
}

/// <summary>
/// The order in which a new mapping reaches the disk. When not given: <c>Data, Flush, Leaf, Flush, Root</c>.
/// Table entries are collected in memory and written in this order on flush, on close and when too many wait.
/// </summary>
/// <example>
/// <code>[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]</code>
/// </example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WriteOrderAttribute(params Step[] steps) : Attribute
{
    /// <summary>The steps from first to last.</summary>
    public Step[] Steps { get; } = steps;
}

/// <summary>
/// The header field that says "this image was not closed cleanly": by a flag in it, or by a value of the whole field when
/// <see cref="Clean"/> is given.
/// </summary>
/// <example><code>[DirtyMark(nameof(QedHeader.Features), QedFeatures.NeedCheck)]</code></example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DirtyMarkAttribute(string field, object flag) : Attribute
{
    /// <summary>Name of the header field.</summary>
    public string Field { get; } = field;

    /// <summary>The flag in it, or its value.</summary>
    public object Flag { get; } = flag;

    /// <summary>The field's value once the image is closed; null when the mark is a flag.</summary>
    public object? Clean { get; init; }
}

/// <summary>
/// Marks the property with the bytes in one cluster. A power of two. Required but for identity lookups.
/// </summary>
/// <example><code>[ClusterSize] private uint ClusterSize =&gt; Header.ClusterSize;</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClusterSizeAttribute : Attribute;

/// <summary>Marks the property with the size of the guest's disk in bytes. Required.</summary>
/// <example><code>[GuestSize] private ulong GuestSize =&gt; Header.ImageSize;</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GuestSizeAttribute : Attribute;

/// <summary>
/// Marks the property with the bytes in each table. When absent: as many as the guest's disk needs (one level only).
/// </summary>
/// <example><code>[TableBytes] private ulong TableBytes =&gt; Header.TableBytes;</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TableBytesAttribute : Attribute;

/// <summary>
/// Marks the property with the bytes in the root table of two levels. When absent: as many as in the other tables.
/// </summary>
/// <example><code>[RootTableBytes] private ulong RootTableBytes =&gt; Header.RootEntryCount * 8;</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RootTableBytesAttribute : Attribute;

/// <summary>
/// Marks the property (<see cref="bool"/>) that says whether this image may have clusters of zeroes, where its entries
/// can say so. True when absent.
/// </summary>
/// <example><code>[ZeroClusters] private bool HasZeroClusters =&gt; Header.Version &gt;= 3;</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ZeroClustersAttribute : Attribute;

/// <summary>
/// Marks the method <c>CompressedUnit Name(ulong entryBits, GuestRange cluster)</c>: what a leaf entry for a compressed
/// cluster says. Its bytes are checked to lie in the file.
/// </summary>
/// <example><code>[Compressed] private CompressedUnit Unit(ulong entryBits, GuestRange cluster)</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompressedAttribute : Attribute;

/// <summary>
/// Marks the method <c>ulong Name(HostRange stored)</c> of a format with two levels of tables: the leaf entry for a
/// cluster whose compressed bytes are there. With it clusters can be written compressed; host clusters are shared, so
/// their uses must be counted.
/// </summary>
/// <example><code>[CompressedEntry] private ulong EntryFor(HostRange stored)</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompressedEntryAttribute : Attribute;

/// <summary>
/// Marks the method <c>ReferenceCounts Name()</c> of a format that keeps on disk how often each host cluster is named.
/// Written at <see cref="Step.Counts"/>, compared and put right by check.
/// </summary>
/// <example><code>[ReferenceCounts] private ReferenceCounts MakeCounts() =&gt; new DiskCounts(this);</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReferenceCountsAttribute : Attribute;

/// <summary>
/// Marks the property with the host offset (<see cref="HostOffset"/>) where clusters may begin; before it is metadata.
/// </summary>
/// <example><code>[DataStart] private HostOffset DataStart =&gt; new(Header.DataOffset);</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DataStartAttribute : Attribute;

/// <summary>Marks the property with the host offset of guest byte 0 in an identity lookup. Zero when absent.</summary>
/// <example><code>[HostStart] private HostOffset HostStart =&gt; new(512);</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostStartAttribute : Attribute;

/// <summary>
/// Marks the method <c>HostOffset Name(ulong bytes)</c> that reserves host space. When absent, space is taken from the
/// tail: <c>Tail.Take(bytes)</c>.
/// </summary>
/// <example><code>[Allocator] private HostOffset Allocate(ulong bytes) =&gt; Tail.Take(bytes);</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllocatorAttribute : Attribute;

/// <summary>
/// Marks the method <c>THeader Name(ulong takenClusterCount)</c> of a format whose header counts the clusters that have
/// host space, or have lost it. Written at <see cref="Step.Header"/>, compared by check.
/// </summary>
/// <example>
/// <code>[MappedCount] private DiskHeader WithCount(ulong clusters) =&gt; Header with { UsedCount =
///     (uint)clusters };</code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MappedCountAttribute : Attribute;

/// <summary>
/// Marks the method <c>THeader Name(ulong bytes)</c>: the header of a disk of another size. Its images can grow then:
/// the tables first, then this header; with <see cref="ReferenceCountsAttribute"/> they can shrink too. A format with an identity lookup marks a method of that shape returning
/// <see cref="ulong"/>, the bytes of the file; its images can grow and shrink. It refuses by throwing
/// <see cref="ImageException"/>.
/// </summary>
/// <example>
/// <code>[Resize] private DiskHeader WithSize(ulong bytes) =&gt; Header with { DiskBytes = bytes };</code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResizeAttribute : Attribute;

/// <summary>
/// Marks the property (<c>string?</c>) that says why such an image can only be read: <c>has X, which would not be kept
/// up</c>; null when it can be written. Opening it for writing fails then, and check takes no space in it for lost.
/// </summary>
/// <example>
/// <code>[WriteObstacle] private string? Obstacle =&gt; Header.IsEncrypted ? "it is encrypted" : null;</code>
/// </example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WriteObstacleAttribute : Attribute;

/// <summary>Marks the <c>static partial class</c> that receives the list of the assembly's formats.</summary>
/// <example><code>[FormatList] public static partial class DiskFormats;</code></example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FormatListAttribute : Attribute;
