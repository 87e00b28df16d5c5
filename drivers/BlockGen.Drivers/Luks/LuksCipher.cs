using System.Security.Cryptography;
using System.Text;

namespace BlockGen.Drivers.Luks;

/// <summary>The ciphers and hashes that a LUKS header names ("Registered names" of the specification).</summary>
internal sealed record LuksCipher(string Name, string Mode, string VectorName, string? VectorHash)
{
    private const string Aes = "aes";

    /// <summary>The cipher that a header names, whether or not it is supported.</summary>
    public static LuksCipher Named(LuksHeader header)
    {
        string[] parts = header.CipherMode.Split('-', 2);
        string[] vector = parts.Length == 2 ? parts[1].Split(':', 2) : [""];
        return new LuksCipher(header.CipherName, parts[0], vector[0], vector.Length == 2 ? vector[1] : null);
    }

    /// <summary>The cipher that a header names.</summary>
    /// <exception cref="ImageException">It is none of those that are supported.</exception>
    public static LuksCipher Of(LuksHeader header)
    {
        LuksCipher cipher = Named(header);
        bool isKnown = cipher.Name == Aes && cipher.Mode is "xts" or "cbc";
        bool hasVector = cipher.VectorName is "plain" or "plain64"
            || (cipher.VectorName is "essiv" && cipher.VectorHash is not null);
        return isKnown && hasVector
            ? cipher
            : throw new ImageException(
                $"cipher '{header.CipherName}-{header.CipherMode}' is not supported: aes-xts-plain, aes-xts-plain64, "
                + "aes-cbc-plain, aes-cbc-plain64 and aes-cbc-essiv are");
    }

    /// <summary>As headers spell the mode.</summary>
    public string ModeText => VectorHash is null ? $"{Mode}-{VectorName}" : $"{Mode}-{VectorName}:{VectorHash}";

    /// <summary>The hash of a name.</summary>
    /// <exception cref="ImageException">It is none of those that are supported.</exception>
    public static HashAlgorithmName HashOf(string name) => name switch
    {
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => throw new ImageException($"hash '{name}' is not supported: sha1, sha256, sha384 and sha512 are"),
    };

    /// <summary>The bits of the cipher's own key: XTS has two of them.</summary>
    public uint KeyBits(uint keyBytes) => (Mode == "xts" ? keyBytes / 2 : keyBytes) * 8;

    /// <summary>The cipher under a key.</summary>
    /// <exception cref="ImageException">The key's length does not fit.</exception>
    public SectorCipher WithKey(ReadOnlySpan<byte> key)
    {
        if (Mode == "xts" ? key.Length is not (32 or 64) : key.Length is not (16 or 24 or 32))
        {
            throw new ImageException($"a key of {key.Length} bytes does not fit cipher '{Name}-{ModeText}'");
        }

        SectorVectors vectors = VectorName switch
        {
            "plain" => SectorVectors.Plain,
            "plain64" => SectorVectors.Plain64,
            _ => SectorVectors.Encrypted(DigestForVectors(key)),
        };
        return Mode == "xts" ? new AesXtsCipher(key, vectors) : new AesCbcCipher(key, vectors);
    }

    /// <summary>A key derived from a password, or a digest of a key.</summary>
    public static byte[] Derive(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, uint iterations, string hash, int bytes) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, checked((int)iterations), HashOf(hash), bytes);

    private byte[] DigestForVectors(ReadOnlySpan<byte> key)
    {
        byte[] digest = CryptographicOperations.HashData(HashOf(VectorHash!), key);
        return digest.Length is 16 or 24 or 32
            ? digest
            : throw new ImageException($"hash '{VectorHash}' does not fit the vectors of AES: sha256 does");
    }
}
