using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>AES in the mode CBC (NIST SP 800-38A), begun anew in every sector.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class AesCbcCipher : SectorCipher
{
    private readonly AesBlocks _blocks;
    private readonly SectorVectors _vectors;

    /// <summary>A cipher.</summary>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="vectors">What the first block of a sector is mixed with.</param>
    public AesCbcCipher(ReadOnlySpan<byte> key, SectorVectors vectors)
    {
        if (key.Length is not (16 or 24 or 32))
        {
            throw new ArgumentException($"A key of {key.Length} bytes: AES needs 16, 24 or 32", nameof(key));
        }

        _blocks = new AesBlocks(key);
        _vectors = vectors;
    }

    /// <inheritdoc/>
    public override void Encrypt(ulong firstSector, Span<byte> data)
    {
        RequireWholeSectors(data);
        Span<byte> vector = stackalloc byte[AesBlocks.BlockBytes];
        for (int at = 0; at < data.Length; at += SectorBytes)
        {
            _vectors.Fill(firstSector++, vector);
            _blocks.EncryptChained(data.Slice(at, SectorBytes), vector);
        }
    }

    /// <inheritdoc/>
    public override void Decrypt(ulong firstSector, Span<byte> data)
    {
        RequireWholeSectors(data);
        if (data.IsEmpty)
        {
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(data.Length);
        Span<byte> mixed = rented.AsSpan(0, data.Length);

        // Every block is mixed with the encrypted one before it, the first of a sector with the sector's vector.
        data[..^AesBlocks.BlockBytes].CopyTo(mixed[AesBlocks.BlockBytes..]);
        for (int at = 0; at < data.Length; at += SectorBytes)
        {
            _vectors.Fill(firstSector++, mixed.Slice(at, AesBlocks.BlockBytes));
        }

        _blocks.Decrypt(data);
        Span<Vector<byte>> wide = MemoryMarshal.Cast<byte, Vector<byte>>(data);
        ReadOnlySpan<Vector<byte>> with = MemoryMarshal.Cast<byte, Vector<byte>>(mixed);
        for (int index = 0; index < wide.Length; index++)
        {
            wide[index] ^= with[index];
        }

        ArrayPool<byte>.Shared.Return(rented);
    }
}
