namespace BlockGen;

/// <summary>The bits of a bitmap: one for every so many bytes of a disk, the least significant of each byte first.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class BitmapBits
{
    /// <summary>Bytes that a bitmap has at most: 512 MiB.</summary>
    public const ulong MostBytes = 512 << 20;

    /// <summary>Empty bits.</summary>
    /// <param name="diskBytes">Bytes of the disk.</param>
    /// <param name="granularityBytes">Bytes of it that one bit stands for; a power of two.</param>
    /// <exception cref="BitmapException">That many bits are more than 512 MiB.</exception>
    public BitmapBits(ulong diskBytes, ulong granularityBytes)
    {
        ulong bytes = BytesFor(diskBytes, granularityBytes);
        Bytes = bytes <= MostBytes
            ? new byte[bytes]
            : throw new BitmapException(
                $"a bitmap of {bytes} bytes, for a disk of {diskBytes}, is larger than the {MostBytes} bytes there can be");
        DiskBytes = diskBytes;
        GranularityBytes = granularityBytes;
    }

    /// <summary>Bytes of the disk.</summary>
    public ulong DiskBytes { get; }

    /// <summary>Bytes of the disk that one bit stands for.</summary>
    public ulong GranularityBytes { get; }

    /// <summary>The bits; those past the disk's end mean nothing.</summary>
    public byte[] Bytes { get; }

    /// <summary>Bits, one for each whole or begun piece of the disk.</summary>
    public ulong Count => (DiskBytes / GranularityBytes) + (DiskBytes % GranularityBytes == 0 ? 0UL : 1UL);

    /// <summary>Bytes that the bits of a disk need.</summary>
    public static ulong BytesFor(ulong diskBytes, ulong granularityBytes)
    {
        ulong bits = (diskBytes / granularityBytes) + (diskBytes % granularityBytes == 0 ? 0UL : 1UL);
        return (bits / 8) + (bits % 8 == 0 ? 0UL : 1UL);
    }

    /// <summary>Whether a bit is set.</summary>
    public bool IsSet(ulong bit) => (Bytes[bit / 8] >> (int)(bit % 8) & 1) != 0;

    /// <summary>Sets the bits of a range of the disk.</summary>
    public void Set(GuestRange range)
    {
        if (range.Length == 0)
        {
            return;
        }

        ulong last = Math.Min((range.End - 1) / GranularityBytes, Count - 1);
        for (ulong bit = range.Start.Value / GranularityBytes; bit <= last; bit++)
        {
            if (bit % 8 == 0 && bit + 7 <= last)
            {
                Bytes[bit / 8] = byte.MaxValue;
                bit += 7;
            }
            else
            {
                Bytes[bit / 8] |= (byte)(1 << (int)(bit % 8));
            }
        }
    }

    /// <summary>Sets the bits that are set in others, too; what a bit stands for may differ.</summary>
    /// <exception cref="BitmapException">The disks differ in size.</exception>
    public void Add(BitmapBits others)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (others.DiskBytes != DiskBytes)
        {
            throw new BitmapException(
                $"Bitmaps are of different sizes (destination size is {DiskBytes}, source size is {others.DiskBytes}) "
                + "and can't be merged");
        }

        for (ulong bit = 0; bit < others.Count; bit++)
        {
            if (bit % 8 == 0 && others.Bytes[bit / 8] == 0)
            {
                bit += 7;
            }
            else if (others.IsSet(bit))
            {
                ulong start = bit * others.GranularityBytes;
                Set(new GuestRange(start, Math.Min(others.GranularityBytes, DiskBytes - start)));
            }
        }
    }
}
