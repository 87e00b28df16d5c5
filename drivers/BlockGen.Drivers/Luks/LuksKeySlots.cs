using System.Security.Cryptography;

namespace BlockGen.Drivers.Luks;

/// <summary>Reads and writes key slots ("Key slots" and "Master key recovery" of the specification).</summary>
internal static class LuksKeySlots
{
    /// <summary>The disk's cipher, under the key that the password gives.</summary>
    /// <exception cref="ImageException">The password opens none of the slots.</exception>
    public static async ValueTask<SectorCipher> UnlockAsync(
        IStorage storage, LuksHeader header, Secret password, CancellationToken cancellation)
    {
        LuksCipher cipher = LuksCipher.Of(header);
        HashAlgorithmName hash = LuksCipher.HashOf(header.HashName);
        byte[] digest = [.. header.KeyDigest];
        byte[] salt = [.. header.KeyDigestSalt];
        byte[] stripes = new byte[MaterialBytes(header.KeyBytes)];
        foreach (LuksKeySlot slot in header.Slots.Where(slot => slot is { IsActive: true, Iterations: > 0 }))
        {
            cancellation.ThrowIfCancellationRequested();
            HostOffset at = new(slot.KeyMaterialSector * (ulong)SectorCipher.SectorBytes);
            await storage.ReadAsync(at, stripes, cancellation).ConfigureAwait(false);
            SlotCipher(header, slot, password, cipher).Decrypt(0, stripes);
            byte[] key = KeyStripes.Merge(StripesOf(stripes, header.KeyBytes), (int)header.KeyBytes, hash);
            byte[] found = LuksCipher.Derive(
                key, salt, header.KeyDigestIterations, header.HashName, LuksHeader.DigestBytes);
            if (CryptographicOperations.FixedTimeEquals(found, digest))
            {
                SectorCipher unlocked = cipher.WithKey(key);
                CryptographicOperations.ZeroMemory(key);
                return unlocked;
            }
        }

        throw new ImageException("Invalid password, cannot unlock any keyslot");
    }

    /// <summary>Writes the disk's key where the password of a slot gives it back.</summary>
    public static async ValueTask WriteAsync(
        IStorage storage, LuksHeader header, LuksKeySlot slot, Secret password, byte[] key,
        CancellationToken cancellation)
    {
        byte[] material = new byte[MaterialBytes(header.KeyBytes)];
        KeyStripes.Split(key, (int)LuksKeySlot.StripeCount, LuksCipher.HashOf(header.HashName)).CopyTo(material, 0);
        SlotCipher(header, slot, password, LuksCipher.Of(header)).Encrypt(0, material);
        HostOffset at = new(slot.KeyMaterialSector * (ulong)SectorCipher.SectorBytes);
        await storage.WriteAsync(at, material, cancellation).ConfigureAwait(false);
    }

    /// <summary>Bytes of a slot's key material: whole sectors.</summary>
    public static int MaterialBytes(uint keyBytes)
    {
        const int Sector = SectorCipher.SectorBytes;
        int bytes = checked((int)(keyBytes * LuksKeySlot.StripeCount));
        return (bytes + Sector - 1) / Sector * Sector;
    }

    private static ReadOnlySpan<byte> StripesOf(byte[] material, uint keyBytes) =>
        material.AsSpan(0, checked((int)(keyBytes * LuksKeySlot.StripeCount)));

    private static SectorCipher SlotCipher(LuksHeader header, LuksKeySlot slot, Secret password, LuksCipher cipher)
    {
        byte[] salt = [.. slot.Salt];
        byte[] key = LuksCipher.Derive(
            password.Bytes.Span, salt, slot.Iterations, header.HashName, (int)header.KeyBytes);
        return cipher.WithKey(key);
    }
}
