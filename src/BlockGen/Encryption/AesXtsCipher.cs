using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>AES in the mode XTS (IEEE 1619, NIST SP 800-38E).</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class AesXtsCipher : SectorCipher
{
    private const int BatchBytes = 64 << 10;
    private const ulong Feedback = 0x87; // of the field's polynomial: x^7 + x^2 + x + 1

    private readonly AesBlocks _data;
    private readonly AesBlocks _tweaks;
    private readonly SectorVectors _vectors;

    /// <summary>A cipher.</summary>
    /// <param name="key">32 or 64 bytes: half for the data, half for the tweaks.</param>
    /// <param name="vectors">What the tweaks are made of.</param>
    public AesXtsCipher(ReadOnlySpan<byte> key, SectorVectors vectors)
    {
        if (key.Length is not (32 or 64))
        {
            throw new ArgumentException($"A key of {key.Length} bytes: XTS needs 32 or 64", nameof(key));
        }

        _data = new AesBlocks(key[..(key.Length / 2)]);
        _tweaks = new AesBlocks(key[(key.Length / 2)..]);
        _vectors = vectors;
    }

    /// <inheritdoc/>
    public override void Encrypt(ulong firstSector, Span<byte> data) => Transform(firstSector, data, _data.Encrypt);

    /// <inheritdoc/>
    public override void Decrypt(ulong firstSector, Span<byte> data) => Transform(firstSector, data, _data.Decrypt);

    // Many sectors at once: what a call of the system's costs is more than what a sector costs.
    private void Transform(ulong firstSector, Span<byte> data, BlockTransform transform)
    {
        RequireWholeSectors(data);
        byte[] rented = ArrayPool<byte>.Shared.Rent(Math.Min(data.Length, BatchBytes));
        while (!data.IsEmpty)
        {
            Span<byte> batch = data[..Math.Min(data.Length, BatchBytes)];
            Span<byte> tweaks = rented.AsSpan(0, batch.Length);
            FillTweaks(firstSector, tweaks);
            Mix(batch, tweaks);
            transform(batch);
            Mix(batch, tweaks);
            firstSector += (ulong)(batch.Length / SectorBytes);
            data = data[batch.Length..];
        }

        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    private void FillTweaks(ulong firstSector, Span<byte> tweaks)
    {
        Span<byte> firsts = stackalloc byte[BatchBytes / SectorBytes * AesBlocks.BlockBytes];
        firsts = firsts[..(tweaks.Length / SectorBytes * AesBlocks.BlockBytes)];
        _vectors.Fill(firstSector, firsts);
        _tweaks.Encrypt(firsts);
        for (int sector = 0; sector < tweaks.Length / SectorBytes; sector++)
        {
            Double(firsts[(sector * AesBlocks.BlockBytes)..], tweaks.Slice(sector * SectorBytes, SectorBytes));
        }
    }

    /// <summary>Writes a sector's tweaks: each is the one before it times x.</summary>
    private static void Double(ReadOnlySpan<byte> first, Span<byte> tweaks)
    {
        ulong low = BinaryPrimitives.ReadUInt64LittleEndian(first);
        ulong high = BinaryPrimitives.ReadUInt64LittleEndian(first[sizeof(ulong)..]);
        for (int at = 0; at < tweaks.Length; at += AesBlocks.BlockBytes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(tweaks[at..], low);
            BinaryPrimitives.WriteUInt64LittleEndian(tweaks[(at + sizeof(ulong))..], high);
            ulong carry = high >> 63;
            high = (high << 1) | (low >> 63);
            low = (low << 1) ^ (carry * Feedback);
        }
    }

    private static void Mix(Span<byte> data, ReadOnlySpan<byte> tweaks)
    {
        Span<Vector<byte>> wide = MemoryMarshal.Cast<byte, Vector<byte>>(data);
        ReadOnlySpan<Vector<byte>> with = MemoryMarshal.Cast<byte, Vector<byte>>(tweaks);
        for (int index = 0; index < wide.Length; index++)
        {
            wide[index] ^= with[index];
        }
    }

    private delegate void BlockTransform(Span<byte> blocks);
}
