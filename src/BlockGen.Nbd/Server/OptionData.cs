using System.Buffers.Binary;

namespace BlockGen.Nbd;

/// <summary>The data of an option, read piece by piece; nothing after the first piece that is not there.</summary>
internal ref struct OptionData(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether every piece was there, and nothing is left.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>Whether everything was read as it should be.</summary>
    public readonly bool IsAtEnd => IsSound && _rest.IsEmpty;

    public uint ReadUInt32() => TryTake(sizeof(uint), out ReadOnlySpan<byte> bytes)
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : 0;

    public ushort ReadUInt16() => TryTake(sizeof(ushort), out ReadOnlySpan<byte> bytes)
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : (ushort)0;

    /// <summary>A text after its length.</summary>
    public string ReadText()
    {
        uint length = ReadUInt32();
        if (TryTake(length, out ReadOnlySpan<byte> bytes) && WireText.TryRead(bytes) is { } text)
        {
            return text;
        }

        IsSound = false;
        return "";
    }

    private bool TryTake(uint count, out ReadOnlySpan<byte> bytes)
    {
        IsSound = IsSound && count <= (uint)_rest.Length;
        if (!IsSound)
        {
            bytes = default;
            return false;
        }

        bytes = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return true;
    }
}

/// <summary>What <c>NBD_OPT_INFO</c> and <c>NBD_OPT_GO</c> ask for.</summary>
/// <param name="Export">Its name.</param>
/// <param name="Wanted">What is to be told of it.</param>
internal sealed record ExportQuery(string Export, IReadOnlyList<InfoType> Wanted)
{
    /// <summary>Reads it; null when the data is malformed.</summary>
    public static ExportQuery? TryRead(ReadOnlySpan<byte> bytes)
    {
        OptionData data = new(bytes);
        string export = data.ReadText();
        ushort count = data.ReadUInt16();
        List<InfoType> wanted = [];
        for (int at = 0; at < count && data.IsSound; at++)
        {
            wanted.Add((InfoType)data.ReadUInt16());
        }

        return data.IsAtEnd ? new ExportQuery(export, wanted) : null;
    }
}

/// <summary>What the options about metadata contexts ask for.</summary>
/// <param name="Export">Its name.</param>
/// <param name="Queries">Contexts, or patterns of them.</param>
internal sealed record ContextQuery(string Export, IReadOnlyList<string> Queries)
{
    /// <summary>Reads it; null when the data is malformed.</summary>
    public static ContextQuery? TryRead(ReadOnlySpan<byte> bytes)
    {
        OptionData data = new(bytes);
        string export = data.ReadText();
        uint count = data.ReadUInt32();
        List<string> queries = [];
        for (uint at = 0; at < count && data.IsSound; at++)
        {
            queries.Add(data.ReadText());
        }

        return data.IsAtEnd ? new ContextQuery(export, queries) : null;
    }
}
