namespace BlockGen.Nbd;

// Section "Newstyle negotiation" and what follows it.

/// <summary>What a server says first.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct ServerGreeting
{
    [Magic("NBDMAGIC")] public ulong InitialMagic { get; init; }

    [Magic("IHAVEOPT")] public ulong OptionMagic { get; init; }

    public HandshakeFlags Flags { get; init; }
}

/// <summary>What stands before an option's data.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct OptionHeader
{
    [Magic("IHAVEOPT")] public ulong Magic { get; init; }

    public NbdOption Option { get; init; }

    public uint DataBytes { get; init; }
}

/// <summary>What stands before the data of an option's reply.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct OptionReplyHeader
{
    [Magic(0x3e889045565a9)] public ulong Magic { get; init; }

    public NbdOption Option { get; init; }

    public OptionReply Type { get; init; }

    public uint DataBytes { get; init; }
}

/// <summary>What a client is told of the export it chose.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct ExportFacts
{
    public ulong ExportBytes { get; init; }

    public TransmissionFlags Flags { get; init; }
}

/// <summary>The sizes that a server wants requests to have.</summary>
[DiskStruct(ByteOrder.Big)]
internal readonly partial record struct BlockSizes
{
    public uint LeastBytes { get; init; }

    public uint PreferredBytes { get; init; }

    public uint MostPayloadBytes { get; init; }
}
