using System.Buffers.Binary;

namespace BlockGen;

/// <summary>What is mixed into every sector so that equal sectors look different: made of the sector's number.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SectorVectors
{
    private readonly AesBlocks? _encryptor;
    private readonly ulong _mask;

    private SectorVectors(AesBlocks? encryptor, ulong mask)
    {
        _encryptor = encryptor;
        _mask = mask;
    }

    /// <summary>The lower 32 bits of the number, least significant byte first: <c>plain</c>.</summary>
    public static SectorVectors Plain { get; } = new(null, uint.MaxValue);

    /// <summary>The number, least significant byte first: <c>plain64</c>.</summary>
    public static SectorVectors Plain64 { get; } = new(null, ulong.MaxValue);

    /// <summary>The number, encrypted with AES under a digest of the disk's key: <c>essiv</c>.</summary>
    /// <param name="digest">16, 24 or 32 bytes.</param>
    public static SectorVectors Encrypted(ReadOnlySpan<byte> digest) => new(new AesBlocks(digest), ulong.MaxValue);

    /// <summary>Writes the vectors of sectors that follow each other, 16 bytes each.</summary>
    internal void Fill(ulong firstSector, Span<byte> vectors)
    {
        vectors.Clear();
        for (int at = 0; at < vectors.Length; at += AesBlocks.BlockBytes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(vectors[at..], firstSector & _mask);
            firstSector++;
        }

        _encryptor?.Encrypt(vectors);
    }
}
