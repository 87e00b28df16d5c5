namespace BlockGen;

/// <summary>A run of a disk that is copied.</summary>
/// <param name="Image">The disk; read with its backing images.</param>
/// <param name="Range">The run; what lies past the disk's end reads as zeroes.</param>
public readonly record struct ImagePart(Image Image, GuestRange Range)
{
    private const ulong SectorBytes = 512;

    /// <summary>The whole disk, to the end of its last sector.</summary>
    public static ImagePart Whole(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ImagePart(image, new GuestRange(0, image.Length).AlignOutward(SectorBytes));
    }
}

/// <summary>Parts of disks, one after the other, as one disk.</summary>
internal sealed class JoinedParts
{
    private readonly ImagePart[] _parts;
    private readonly ulong[] _starts;

    public JoinedParts(IReadOnlyList<ImagePart> parts)
    {
        _parts = [.. parts.Where(part => part.Range.Length > 0)];
        _starts = new ulong[_parts.Length];
        for (int i = 0; i < _parts.Length; i++)
        {
            _starts[i] = Length;
            Length = checked(Length + _parts[i].Range.Length);
        }
    }

    /// <summary>Bytes of all of them.</summary>
    public ulong Length { get; }

    /// <summary>Where the beginning of a range is, as far as it lies in one part. The range begins in one.</summary>
    public ImagePart Find(GuestRange range)
    {
        int index = Array.BinarySearch(_starts, range.Start.Value);
        index = index < 0 ? ~index - 1 : index;
        ImagePart part = _parts[index];
        ulong skipped = range.Start.Value - _starts[index];
        GuestRange rest = new(part.Range.Start + skipped, part.Range.Length - skipped);
        return part with { Range = rest.Take(range.Length) };
    }

    /// <summary>Reads a range; bytes past the last part are zeroes.</summary>
    public async ValueTask ReadAsync(GuestRange range, Memory<byte> target, CancellationToken cancellation)
    {
        while (target.Length > 0 && range.Start.Value < Length)
        {
            ImagePart part = Find(range);
            int length = (int)part.Range.Length;
            await Image.ReadPaddedAsync(part.Image, part.Range, target[..length], cancellation).ConfigureAwait(false);
            target = target[length..];
            range = new GuestRange(range.Start + (ulong)length, range.Length - (ulong)length);
        }

        target.Span.Clear();
    }
}
