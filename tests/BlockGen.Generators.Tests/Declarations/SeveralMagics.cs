namespace BlockGen.Generators.Tests.Declarations;

/// <summary>A structure of several kinds, each with magics of its own.</summary>
[DiskStruct(ByteOrder.Big)]
public readonly partial record struct SeveralMagics
{
    [Magic("GIF8"), Magic(0x89504E47), Magic("RIFF")]
    public uint Kind { get; init; }

    public ushort Between { get; init; }

    [FixedText(6), Magic("87a\0\0\0"), Magic("WAVEfm")]
    public string Subkind { get; init; }

    [Magic(7)]
    public byte End { get; init; }
}
