using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What following a body has done besides what its states say.</summary>
internal sealed class Effects
{
    /// <summary>The fields whose values were asked for.</summary>
    public HashSet<ISymbol> ReadFields { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The methods that were followed on the way.</summary>
    public HashSet<ISymbol> Followed { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The numbers that were read anew: what was known of them is out of date.</summary>
    public HashSet<object> Renewed { get; } = [];

    /// <summary>Whether something was not followed because of who is being followed around it, or for lack of time.</summary>
    public bool IsCutShort { get; set; }

    public void Add(Effects inner)
    {
        ReadFields.UnionWith(inner.ReadFields);
        Followed.UnionWith(inner.Followed);
        Renewed.UnionWith(inner.Renewed);
        IsCutShort |= inner.IsCutShort;
    }
}
