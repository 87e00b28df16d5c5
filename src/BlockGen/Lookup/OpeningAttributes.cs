namespace BlockGen;

/// <summary>
/// Marks the method <c>ValueTask Name(CancellationToken cancellation)</c> that reads what the image needs besides its
/// header, once, before its backing link and before any request. It refuses an image by throwing
/// <see cref="ImageException"/>.
/// </summary>
/// <example><code>[Opening] private async ValueTask ReadDetailsAsync(CancellationToken cancellation)</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpeningAttribute : Attribute;

/// <summary>
/// Marks the method <c>ValueTask Name(TOptions options, CancellationToken cancellation)</c> that adds to a new image what
/// it has besides its header, its tables and its backing link, and makes it durable; <c>TOptions</c> is what
/// <see cref="CreateAttribute"/> takes. Only for lookups through tables.
/// </summary>
/// <example>
/// <code>[Creating] private async ValueTask AddKeysAsync(DiskOptions options, CancellationToken cancellation)</code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CreatingAttribute : Attribute;

/// <summary>
/// Marks the method <c>static THeader Name(TOptions options)</c> that makes a new image's header. <c>TOptions</c> is a
/// type with <see cref="CreateOptionsAttribute"/>. A format without a header marks a method of that shape returning
/// <see cref="ulong"/>: the bytes of the new file. A format whose lookup is not through tables may mark a method
/// <c>static ValueTask Name(IStorage storage, TOptions options, CancellationToken cancellation)</c> instead, which writes
/// the whole file.
/// </summary>
/// <example>
/// <code>[Create] private static DiskHeader NewHeader(DiskOptions options) =&gt; new() { DiskBytes = options.Size
///     };</code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CreateAttribute : Attribute;

/// <summary>
/// Marks the method <c>static FileMeasure Name(TOptions options)</c> that tells how large the file of a new image becomes;
/// <c>TOptions</c> is the type that the <see cref="CreateAttribute"/> method takes. A format without a header has the
/// answer of that method when there is none of its own.
/// </summary>
/// <example>
/// <code>[Measure] private static FileMeasure Measure(DiskOptions options) =&gt; new(TablesBytes + options.Size)
///     { ClusterBytes = 65536 };</code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MeasureAttribute : Attribute;

/// <summary>
/// Marks the property of the options type that says how much of the disk's space is reserved when the image is created:
/// a <see cref="Preallocation"/>, or a <see cref="bool"/> where <see langword="true"/> is <see
/// cref="Preallocation.Metadata"/>, <see cref="Preallocation.Falloc"/> in a format without tables. With a <see
/// cref="Preallocation"/> a disk can also grow by reserved space.
/// </summary>
/// <example><code>[Preallocate] internal bool IsFixed =&gt; Subformat == "fixed";</code></example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PreallocateAttribute : Attribute;

/// <summary>
/// Declares a set of options: a <c>sealed partial record</c> whose <see cref="OptionAttribute"/> properties are set
/// from <c>name=value</c> text.
/// </summary>
/// <example><code>[CreateOptions] public sealed partial record DiskOptions</code></example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CreateOptionsAttribute : Attribute;

/// <summary>
/// An option: <see cref="bool"/> (<c>on</c>/<c>off</c>), <see cref="ulong"/> (a size with suffixes k, M, G, T),
/// <c>ulong?</c>, <see cref="uint"/> (a size below 4 GiB) or <c>string?</c>. The property's initial value is its default.
/// </summary>
/// <example>
/// <code>[Option("cluster_size", Help = "Cluster size (in bytes)")] public uint ClusterBytes { get; init; } =
///     65536;</code>
/// </example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string name) : Attribute
{
    /// <summary>The option's name, as <c>-o</c> takes it.</summary>
    public string Name { get; } = name;

    /// <summary>What it means, in the words of <c>-o help</c>.</summary>
    public string Help { get; init; } = "";
}
