using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BlockGen.Drivers.Luks;

/// <summary>
/// Splits a key so that losing any part of it loses all: what an erased key slot relies on ("Anti-forensic splitter" of
/// the specification).
/// </summary>
internal static class KeyStripes
{
    /// <summary>The key that was split.</summary>
    public static byte[] Merge(ReadOnlySpan<byte> stripes, int keyBytes, HashAlgorithmName hash)
    {
        byte[] key = new byte[keyBytes];
        for (int at = 0; at < stripes.Length - keyBytes; at += keyBytes)
        {
            Mix(key, stripes.Slice(at, keyBytes));
            Diffuse(key, hash);
        }

        Mix(key, stripes[^keyBytes..]);
        return key;
    }

    /// <summary>Splits a key into as many parts as are asked for.</summary>
    public static byte[] Split(ReadOnlySpan<byte> key, int count, HashAlgorithmName hash)
    {
        byte[] stripes = RandomNumberGenerator.GetBytes(key.Length * count);
        Span<byte> last = stripes.AsSpan(stripes.Length - key.Length);
        byte[] before = new byte[key.Length];
        for (int at = 0; at < stripes.Length - key.Length; at += key.Length)
        {
            Mix(before, stripes.AsSpan(at, key.Length));
            Diffuse(before, hash);
        }

        key.CopyTo(last);
        Mix(last, before);
        return stripes;
    }

    private static void Mix(Span<byte> target, ReadOnlySpan<byte> with)
    {
        for (int index = 0; index < target.Length; index++)
        {
            target[index] ^= with[index];
        }
    }

    /// <summary>Replaces every piece as long as a digest by the digest of its number and itself.</summary>
    private static void Diffuse(Span<byte> key, HashAlgorithmName hash)
    {
        Span<byte> input = stackalloc byte[sizeof(uint) + SHA512.HashSizeInBytes];
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        int digestBytes = DigestBytes(hash);
        uint number = 0;
        for (int at = 0; at < key.Length; at += digestBytes)
        {
            Span<byte> piece = key.Slice(at, Math.Min(digestBytes, key.Length - at));
            BinaryPrimitives.WriteUInt32BigEndian(input, number++);
            piece.CopyTo(input[sizeof(uint)..]);
            CryptographicOperations.HashData(hash, input[..(sizeof(uint) + piece.Length)], digest);
            digest[..piece.Length].CopyTo(piece);
        }
    }

    private static int DigestBytes(HashAlgorithmName hash) =>
        CryptographicOperations.HashData(hash, ReadOnlySpan<byte>.Empty).Length;
}
