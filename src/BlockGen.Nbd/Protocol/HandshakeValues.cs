namespace BlockGen.Nbd;

// The numbers of the protocol's section "Values", handshake phase.

[Flags]
internal enum HandshakeFlags : ushort
{
    FixedNewstyle = 1 << 0,
    NoZeroes = 1 << 1,
}

[Flags]
internal enum ClientFlags : uint
{
    FixedNewstyle = 1 << 0,
    NoZeroes = 1 << 1,
}

[Flags]
internal enum TransmissionFlags : ushort
{
    HasFlags = 1 << 0,
    ReadOnly = 1 << 1,
    SendFlush = 1 << 2,
    SendFua = 1 << 3,
    Rotational = 1 << 4,
    SendTrim = 1 << 5,
    SendWriteZeroes = 1 << 6,
    SendDontFragment = 1 << 7,
    CanMultiConnect = 1 << 8,
    SendCache = 1 << 10,
    SendFastZero = 1 << 11,
}

internal enum NbdOption : uint
{
    ExportName = 1,
    Abort = 2,
    List = 3,
    StartTls = 5,
    Info = 6,
    Go = 7,
    StructuredReply = 8,
    ListMetaContext = 9,
    SetMetaContext = 10,
    ExtendedHeaders = 11,
}

internal enum OptionReply : uint
{
    Acknowledged = 1,
    Server = 2,
    Info = 3,
    MetaContext = 4,
    Unsupported = FirstError + 1,
    Policy = FirstError + 2,
    Invalid = FirstError + 3,
    Platform = FirstError + 4,
    TlsRequired = FirstError + 5,
    UnknownExport = FirstError + 6,
    Shutdown = FirstError + 7,
    BlockSizeRequired = FirstError + 8,
    TooBig = FirstError + 9,
    ExtendedHeadersRequired = FirstError + 10,

    FirstError = 1u << 31,
}

internal enum InfoType : ushort
{
    Export = 0,
    Name = 1,
    Description = 2,
    BlockSize = 3,
}
