namespace BlockGen.Analyzers;

/// <summary>What a number is used for; each use has a rule.</summary>
internal enum NumberUse
{
    Allocation,
    StackAllocation,
    LoopBound,
    Recursion,
    Slice,
    Index,
    Offset,
    Shift,
    Division,
    Narrowing,
    Arithmetic,
}
