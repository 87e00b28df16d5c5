namespace BlockGen.Nbd;

// The numbers of the protocol's section "Values", transmission phase, and of the extension "extended headers".

internal enum NbdCommand : ushort
{
    Read = 0,
    Write = 1,
    Disconnect = 2,
    Flush = 3,
    Trim = 4,
    Cache = 5,
    WriteZeroes = 6,
    BlockStatus = 7,
}

[Flags]
internal enum CommandFlags : ushort
{
    None = 0,
    ForceUnitAccess = 1 << 0,
    NoHole = 1 << 1,
    DontFragment = 1 << 2,
    OnlyOneExtent = 1 << 3,
    FastZero = 1 << 4,
    HasPayload = 1 << 5,
}

[Flags]
internal enum ChunkFlags : ushort
{
    None = 0,
    Done = 1 << 0,
}

internal enum ChunkType : ushort
{
    None = 0,
    OffsetData = 1,
    OffsetHole = 2,
    BlockStatus = 5,
    ExtendedBlockStatus = 6,
    Error = FirstError + 1,
    ErrorOffset = FirstError + 2,

    FirstError = 1 << 15,
}

internal enum NbdError : uint
{
    None = 0,
    NotPermitted = 1,
    InputOutput = 5,
    NoMemory = 12,
    Invalid = 22,
    NoSpace = 28,
    Overflow = 75,
    NotSupported = 95,
    Shutdown = 108,
}

/// <summary>The status that the context <c>base:allocation</c> gives an extent.</summary>
[Flags]
internal enum AllocationStatus : uint
{
    None = 0,
    Hole = 1 << 0,
    Zero = 1 << 1,
}
