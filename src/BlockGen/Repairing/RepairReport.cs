namespace BlockGen;

/// <summary>What a repair may change.</summary>
public enum RepairKind
{
    /// <summary>Gives back space that no table names. An image with errors in its tables is left as it is.</summary>
    Leaks,

    /// <summary>Puts errors right as well.</summary>
    All,
}

/// <summary>The result of a repair.</summary>
/// <param name="Found">What was wrong before.</param>
/// <param name="Left">What is wrong now, by a second check; the first one when nothing was wrong.</param>
public sealed record RepairReport(CheckReport Found, CheckReport Left)
{
    /// <summary>The report of a check that repaired nothing.</summary>
    public static RepairReport OfCheck(CheckReport found) => new(found, found);

    /// <summary>Errors that were put right.</summary>
    public ulong ErrorsFixed => Found.Errors - Math.Min(Found.Errors, Left.Errors);

    /// <summary>Leaked clusters that were given back.</summary>
    public ulong LeaksFixed => Found.Leaks - Math.Min(Found.Leaks, Left.Leaks);
}
