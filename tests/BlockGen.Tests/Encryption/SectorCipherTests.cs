using System.Security.Cryptography;

namespace BlockGen.Tests.Encryption;

public sealed class SectorCipherTests
{
    private const int SectorBytes = SectorCipher.SectorBytes;

    /// <summary>Vector 4 of IEEE 1619-2007, annex B: data unit 0.</summary>
    [Fact]
    public void Xts_gives_what_the_standard_says()
    {
        byte[] key = Convert.FromHexString("27182818284590452353602874713526" + "31415926535897932384626433832795");
        byte[] data = [.. Enumerable.Range(0, SectorBytes).Select(index => (byte)index)];
        AesXtsCipher cipher = new(key, SectorVectors.Plain64);
        cipher.Encrypt(0, data);
        Assert.Equal(
            "27A7479BEFA1D476489F308CD4CFA6E2A96E4BBE3208FF25287DD3819616E89C", Convert.ToHexString(data.AsSpan(0, 32)));
        cipher.Decrypt(0, data);
        Assert.Equal(0, data[0]);
        Assert.Equal(255, data[^1]);
    }

    /// <summary>What the system does with one sector at a time is what is done with many.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void Cbc_begins_anew_in_every_sector(int keyBytes)
    {
        byte[] key = RandomNumberGenerator.GetBytes(keyBytes);
        byte[] plain = RandomNumberGenerator.GetBytes(5 * SectorBytes);
        byte[] data = [.. plain];
        new AesCbcCipher(key, SectorVectors.Plain64).Encrypt(7, data);
        using Aes aes = Aes.Create();
        aes.Key = key;
        for (int sector = 0; sector < 5; sector++)
        {
            byte[] vector = new byte[16];
            vector[0] = (byte)(7 + sector);
            byte[] expected = aes.EncryptCbc(
                plain.AsSpan(sector * SectorBytes, SectorBytes), vector, PaddingMode.None);
            Assert.Equal(expected, data.AsSpan(sector * SectorBytes, SectorBytes).ToArray());
        }

        new AesCbcCipher(key, SectorVectors.Plain64).Decrypt(7, data);
        Assert.Equal(plain, data);
    }

    /// <summary>Long requests are worked through in batches, whose borders must not show.</summary>
    [Theory]
    [MemberData(nameof(Ciphers))]
    public void Many_sectors_are_what_each_alone_is(SectorCipher cipher)
    {
        const int Count = 300;
        byte[] plain = RandomNumberGenerator.GetBytes(Count * SectorBytes);
        byte[] together = [.. plain];
        byte[] alone = [.. plain];
        cipher.Encrypt(uint.MaxValue - 5UL, together);
        for (int sector = 0; sector < Count; sector++)
        {
            cipher.Encrypt(
                uint.MaxValue - 5UL + (ulong)sector, alone.AsSpan(sector * SectorBytes, SectorBytes));
        }

        Assert.Equal(alone, together);
        cipher.Decrypt(uint.MaxValue - 5UL, together);
        Assert.Equal(plain, together);
    }

    [Fact]
    public void Plain_vectors_repeat_after_2_TiB()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        byte[] first = new byte[SectorBytes];
        byte[] second = new byte[SectorBytes];
        AesXtsCipher cipher = new(key, SectorVectors.Plain);
        cipher.Encrypt(3, first);
        cipher.Encrypt((1UL << 32) + 3, second);
        Assert.Equal(first, second);
        second.AsSpan().Clear();
        new AesXtsCipher(key, SectorVectors.Plain64).Encrypt((1UL << 32) + 3, second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Parts_of_sectors_and_keys_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AesXtsCipher(new byte[48], SectorVectors.Plain64));
        Assert.Throws<ArgumentException>(() => new AesCbcCipher(new byte[64], SectorVectors.Plain64));
        AesXtsCipher cipher = new(new byte[32], SectorVectors.Plain64);
        Assert.Throws<ArgumentException>(() => cipher.Encrypt(0, new byte[SectorBytes + 16]));
        cipher.Encrypt(0, []);
        new AesCbcCipher(new byte[16], SectorVectors.Plain64).Decrypt(0, []);
    }

    public static TheoryData<SectorCipher> Ciphers =>
    [
        new AesXtsCipher(RandomNumberGenerator.GetBytes(64), SectorVectors.Plain64),
        new AesXtsCipher(RandomNumberGenerator.GetBytes(32), SectorVectors.Plain),
        new AesCbcCipher(RandomNumberGenerator.GetBytes(32), SectorVectors.Encrypted(new byte[32])),
        new AesCbcCipher(RandomNumberGenerator.GetBytes(16), SectorVectors.Plain64),
    ];
}
