namespace BlockGen;

/// <summary>
/// Marks the property (<see cref="HostRange"/>) that says where the backing file's name is stored, as UTF-8 without a
/// terminator; length 0 when there is none.
/// </summary>
/// <example>
/// <code>[BackingName] private HostRange BackingName =&gt; new(Header.NameOffset, Header.NameBytes);</code>
/// </example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BackingNameAttribute : Attribute;

/// <summary>
/// Marks the property (<c>string?</c>) with the backing file's declared format; null when the file does not say.
/// </summary>
/// <example>
/// <code>[BackingFormat] private string? BackingFormat =&gt; Header.BackingIsRaw ? "raw" : null;</code>
/// </example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BackingFormatAttribute : Attribute;

/// <summary>
/// Marks the method <c>THeader Name(BackingLink? link, HostRange name)</c>: the header with another backing link, or
/// none. <c>name</c> is where the new name has been stored; empty without a link.
/// </summary>
/// <example>
/// <code>[BackingLink] private DiskHeader WithBacking(BackingLink? link, HostRange name) =&gt; Header with {
///     NameBytes = (uint)name.Length };</code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BackingLinkAttribute : Attribute;

/// <summary>Marks the property (<see cref="HostRange"/>) where the backing file's name may be stored.</summary>
/// <example>
/// <code>[BackingNameSpace] private HostRange NameSpace =&gt; new(512, Header.ClusterBytes - 512);</code>
/// </example>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BackingNameSpaceAttribute : Attribute;
