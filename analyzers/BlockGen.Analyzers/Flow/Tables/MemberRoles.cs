using System.Collections.Immutable;

namespace BlockGen.Analyzers;

/// <summary>Everything the tables say of one member.</summary>
/// <param name="roles">What it means, a bit for each role.</param>
/// <param name="uses">What its parameters are used for.</param>
internal sealed class MemberRoles(int roles, ImmutableArray<ParameterUse> uses)
{
    public static MemberRoles None { get; } = new(0, []);

    public bool HasNone => roles == 0;

    public static MemberRoles Of(MemberRole role) => new(1 << (int)role, []);

    public static MemberRoles Of(IEnumerable<ParameterUse> uses) => new(0, [.. uses]);

    public bool Has(MemberRole role) => (roles & (1 << (int)role)) != 0;

    /// <summary>What a parameter is used for; null for nothing that matters.</summary>
    public NumberUse? UseOf(string parameter) => uses.LastOrDefault(use => use.Parameter == parameter)?.Use;

    public MemberRoles And(MemberRoles other) => new(roles | other.Bits, uses.AddRange(other.Uses));

    private int Bits => roles;

    private ImmutableArray<ParameterUse> Uses => uses;
}

/// <summary>What a parameter is used for.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Use">The use.</param>
internal sealed record ParameterUse(string Parameter, NumberUse Use);
