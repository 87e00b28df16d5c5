using BlockGen.Drivers.Luks;

namespace BlockGen.Drivers.Qcow;

/// <summary>
/// AES-128 in CBC, every sector by its guest offset, under the password itself: what both versions of the format had
/// before LUKS ("crypt_method" 1 of the specification).
/// </summary>
/// <param name="password">The first 16 bytes of it are the key, with zeroes after a shorter one; null without a key.</param>
/// <param name="diskName">Of the image, for messages.</param>
internal sealed class LegacyAes(Secret? password, string diskName)
{
    /// <summary>What headers call it.</summary>
    public const uint Method = 1;

    private const int KeyBytes = 16;

    private readonly AesCbcCipher? _cipher = password is null ? null : new(KeyOf(password), SectorVectors.Plain64);

    /// <summary>The password; null where only what the image says about itself is asked for.</summary>
    public static Secret? RequireKey(Secret? key, OpenOptions options) => options.MetadataOnly
        ? null
        : key ?? throw new ImageException("Parameter 'encrypt.key-secret' is required for cipher");

    /// <summary>An extent whose bytes are decrypted as they are read; others as they are.</summary>
    public Extent Decrypting(Extent extent)
    {
        if (extent.Kind is not MappingKind.Data)
        {
            return extent;
        }

        GuestRange sectors = extent.Range.AlignOutward(SectorCipher.SectorBytes);
        ulong before = extent.Range.Start.Value - sectors.Start.Value;
        HostRange stored = new(extent.Host.Value - before, sectors.Length);
        ulong firstSector = sectors.Start.Value / SectorCipher.SectorBytes;
        CompressedUnit unit = new(sectors, stored, (bytes, target) => Decrypt(firstSector, bytes, target));
        return Extent.Compressed(extent.Range, unit);
    }

    private void Decrypt(ulong firstSector, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        AesCbcCipher cipher = _cipher ?? throw LockedStorage.Refusal(diskName);
        stored.CopyTo(target);
        cipher.Decrypt(firstSector, target);
    }

    private static byte[] KeyOf(Secret password)
    {
        byte[] key = new byte[KeyBytes];
        ReadOnlySpan<byte> bytes = password.Bytes.Span;
        bytes[..Math.Min(KeyBytes, bytes.Length)].CopyTo(key);
        return key;
    }
}
