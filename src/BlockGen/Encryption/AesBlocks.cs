using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace BlockGen;

/// <summary>Encrypts blocks of 16 bytes with one key, each by itself.</summary>
/// <remarks>Thread-safe: every call has an object of the system's to itself.</remarks>
internal sealed class AesBlocks
{
    /// <summary>Bytes in a block.</summary>
    public const int BlockBytes = 16;

    private readonly ConcurrentBag<Aes> _idle = [];
    private readonly byte[] _key;

    /// <summary>Blocks under a key.</summary>
    /// <param name="key">16, 24 or 32 bytes.</param>
    public AesBlocks(ReadOnlySpan<byte> key) => _key = key.ToArray();

    /// <summary>Encrypts whole blocks in place.</summary>
    public void Encrypt(Span<byte> blocks)
    {
        Aes aes = Take();
        aes.EncryptEcb(blocks, blocks, PaddingMode.None);
        _idle.Add(aes);
    }

    /// <summary>Decrypts whole blocks in place.</summary>
    public void Decrypt(Span<byte> blocks)
    {
        Aes aes = Take();
        aes.DecryptEcb(blocks, blocks, PaddingMode.None);
        _idle.Add(aes);
    }

    /// <summary>Encrypts whole blocks in place, each with the one before it.</summary>
    public void EncryptChained(Span<byte> blocks, ReadOnlySpan<byte> vector)
    {
        Aes aes = Take();
        aes.EncryptCbc(blocks, vector, blocks, PaddingMode.None);
        _idle.Add(aes);
    }

    private Aes Take()
    {
        if (_idle.TryTake(out Aes? idle))
        {
            return idle;
        }

        Aes aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }
}
