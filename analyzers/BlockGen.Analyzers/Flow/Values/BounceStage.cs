namespace BlockGen.Analyzers;

/// <summary>What has become of a bounce buffer. A class, as are all keys and values of the states: the runtime has the
/// code of collections of references ready, and compiles that of any other when it is first called.</summary>
internal sealed class BounceStage
{
    private readonly string _name;

    private BounceStage(string name) => _name = name;

    /// <summary>It has to be returned.</summary>
    public static BounceStage Rented { get; } = new("rented");

    /// <summary>It was.</summary>
    public static BounceStage Returned { get; } = new("returned");

    /// <summary>Somebody else returns it.</summary>
    public static BounceStage Escaped { get; } = new("escaped");

    public override string ToString() => _name;
}
