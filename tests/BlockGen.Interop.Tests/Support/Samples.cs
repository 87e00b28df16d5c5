namespace BlockGen.Interop.Tests;

/// <summary>Pieces of a disk of any size: at its start, its end and between, with unaligned bounds.</summary>
internal sealed class Samples
{
    private readonly List<(ulong Offset, int Length)> _pieces = [];
    private byte _pattern;

    public Samples(ulong size, int mostBytes)
    {
        ulong sectors = (size + 511) / 512 * 512;
        int length = (int)Math.Min((ulong)mostBytes, sectors);
        if (length > 0)
        {
            _pieces.Add((0, length));
        }

        if (sectors > 3 * (ulong)mostBytes)
        {
            _pieces.Add((sectors / 2 - 1234, length));
            _pieces.Add((sectors - (ulong)length, length));
        }
    }

    /// <summary>Commands of qemu-io that verify what was written last.</summary>
    public IEnumerable<string> Reads => _pieces.Select(piece => $"read -P {_pattern} {piece.Offset} {piece.Length}");

    /// <summary>Commands of qemu-io that write something new.</summary>
    public IEnumerable<string> NextWrites()
    {
        _pattern += 37;
        return _pieces.Select(piece => $"write -P {_pattern} {piece.Offset} {piece.Length}");
    }

    public async Task WriteAsync(Image image)
    {
        _pattern += 37;
        foreach ((ulong offset, int length) in _pieces)
        {
            byte[] bytes = new byte[length];
            Array.Fill(bytes, _pattern);
            await image.WriteAsync(new GuestOffset(offset), bytes, CancellationToken.None);
        }
    }

    public async Task ExpectAsync(Image image)
    {
        foreach ((ulong offset, int length) in _pieces)
        {
            byte[] bytes = new byte[length];
            Array.Fill(bytes, (byte)0xee);
            await image.ReadAsync(new GuestOffset(offset), bytes, CancellationToken.None);
            int wrong = bytes.AsSpan().IndexOfAnyExcept(_pattern);
            Assert.True(wrong < 0, $"byte {wrong} after 0x{offset:x} is not {_pattern}");
        }
    }
}
