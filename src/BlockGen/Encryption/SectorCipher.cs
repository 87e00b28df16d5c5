namespace BlockGen;

/// <summary>Encrypts a disk sector by sector: each by its number, so that every one can be read alone.</summary>
/// <remarks>Thread-safe.</remarks>
public abstract class SectorCipher
{
    /// <summary>Bytes in a sector.</summary>
    public const int SectorBytes = 512;

    /// <summary>Encrypts sectors in place.</summary>
    /// <param name="firstSector">The number of the first one.</param>
    /// <param name="data">Their bytes: whole sectors.</param>
    public abstract void Encrypt(ulong firstSector, Span<byte> data);

    /// <summary>Decrypts sectors in place.</summary>
    /// <param name="firstSector">The number of the first one.</param>
    /// <param name="data">Their bytes: whole sectors.</param>
    public abstract void Decrypt(ulong firstSector, Span<byte> data);

    /// <summary>Throws where there is part of a sector.</summary>
    private protected static void RequireWholeSectors(ReadOnlySpan<byte> data)
    {
        if (data.Length % SectorBytes != 0)
        {
            throw new ArgumentException($"{data.Length} bytes are no whole sectors of {SectorBytes}", nameof(data));
        }
    }
}
