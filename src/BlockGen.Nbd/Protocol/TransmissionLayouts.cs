namespace BlockGen.Nbd;

// Section "Transmission", and the extension "extended headers".

/// <summary>A request with a 32-bit length; data follows a write.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct CompactRequest
{
    [Magic(0x25609513)] public uint Magic { get; init; }

    public CommandFlags Flags { get; init; }

    public NbdCommand Command { get; init; }

    public ulong Cookie { get; init; }

    public ulong Offset { get; init; }

    public uint Length { get; init; }
}

/// <summary>A request with a 64-bit length; data follows when its flag says so.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct ExtendedRequest
{
    [Magic(0x21e41c71)] public uint Magic { get; init; }

    public CommandFlags Flags { get; init; }

    public NbdCommand Command { get; init; }

    public ulong Cookie { get; init; }

    public ulong Offset { get; init; }

    public ulong Length { get; init; }
}

/// <summary>The reply without structure; data follows a read.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct SimpleReply
{
    [Magic(0x67446698)] public uint Magic { get; init; }

    public NbdError Error { get; init; }

    public ulong Cookie { get; init; }
}

/// <summary>One chunk of a structured reply.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct StructuredChunk
{
    [Magic(0x668e33ef)] public uint Magic { get; init; }

    public ChunkFlags Flags { get; init; }

    public ChunkType Type { get; init; }

    public ulong Cookie { get; init; }

    public uint PayloadBytes { get; init; }
}

/// <summary>One chunk of a reply with extended headers.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct ExtendedChunk
{
    [Magic(0x6e8a278c)] public uint Magic { get; init; }

    public ChunkFlags Flags { get; init; }

    public ChunkType Type { get; init; }

    public ulong Cookie { get; init; }

    public ulong RequestOffset { get; init; }

    public ulong PayloadBytes { get; init; }
}

/// <summary>The payload of a hole's chunk.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct HolePayload
{
    public ulong Offset { get; init; }

    public uint Length { get; init; }
}

/// <summary>What an error's chunk begins with; a message follows.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct ErrorPayload
{
    public NbdError Error { get; init; }

    public ushort MessageBytes { get; init; }
}

/// <summary>An extent in the answer to a status request.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct StatusDescriptor
{
    public uint Length { get; init; }

    public uint Status { get; init; }
}

/// <summary>An extent in the answer to a status request, with extended headers.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct ExtendedStatusDescriptor
{
    public ulong Length { get; init; }

    public ulong Status { get; init; }
}
