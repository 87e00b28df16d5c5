namespace BlockGen.Analyzers;

/// <summary>Bytes that stand at fixed places of a header.</summary>
internal sealed class FixedBytes
{
    private readonly FixedBytes? _others;
    private readonly int _offset;
    private readonly byte[] _bytes;

    private FixedBytes(FixedBytes? others, int offset, byte[] bytes)
    {
        _others = others;
        _offset = offset;
        _bytes = bytes;
    }

    public static FixedBytes None { get; } = new(null, 0, []);

    public bool IsEmpty => _bytes.Length == 0 && _others is not { IsEmpty: false };

    /// <summary>These and more; where there are some already, the new ones count.</summary>
    public FixedBytes With(int offset, byte[] bytes) => bytes.Length == 0 ? this : new(this, offset, bytes);

    /// <summary>Whether every byte of the other stands here too.</summary>
    public bool Includes(FixedBytes other)
    {
        for (FixedBytes? run = other; run is not null; run = run._others)
        {
            for (int i = 0; i < run._bytes.Length; i++)
            {
                int offset = run._offset + i;
                if (At(offset) is not { } value || value != other.At(offset))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private byte? At(int offset)
    {
        for (FixedBytes? run = this; run is not null; run = run._others)
        {
            if (offset >= run._offset && offset - run._offset < run._bytes.Length)
            {
                return run._bytes[offset - run._offset];
            }
        }

        return null;
    }
}
