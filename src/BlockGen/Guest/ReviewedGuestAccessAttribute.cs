namespace BlockGen;

/// <summary>
/// The member was reviewed: it may let guest memory out through a <c>Dangerous…</c> member. Every other rule about guest
/// memory still holds for it.
/// </summary>
/// <param name="reason">Why what it does with the memory is safe; not empty.</param>
/// <example>
/// <code>[ReviewedGuestAccess("only its length is taken")] int LengthOf(GuestWriteBuffer source) =&gt;
///     source.DangerousGetMemory().Length;</code>
/// </example>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, Inherited = false)]
public sealed class ReviewedGuestAccessAttribute(string reason) : Attribute
{
    /// <summary>Why it is safe.</summary>
    public string Reason { get; } = reason;
}
