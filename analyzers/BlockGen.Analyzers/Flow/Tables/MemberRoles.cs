using System.Collections.Immutable;

namespace BlockGen.Analyzers;

/// <summary>Everything the tables say of one member.</summary>
/// <param name="Roles">What it means.</param>
/// <param name="Uses">What its parameters are used for, by name.</param>
internal sealed record MemberRoles(
    ImmutableHashSet<MemberRole> Roles, ImmutableDictionary<string, NumberUse> Uses)
{
    public static MemberRoles None { get; } = new([], ImmutableDictionary<string, NumberUse>.Empty);

    public bool Has(MemberRole role) => Roles.Contains(role);

    public MemberRoles And(MemberRoles other) => new(Roles.Union(other.Roles), Uses.SetItems(other.Uses));
}
