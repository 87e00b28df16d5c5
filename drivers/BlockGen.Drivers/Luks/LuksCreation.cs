using System.Diagnostics;
using System.Security.Cryptography;

namespace BlockGen.Drivers.Luks;

/// <summary>Makes new LUKS disks, laid out as QEMU lays them out: every key slot starts at a multiple of 4 KiB.</summary>
internal static class LuksCreation
{
    private const uint Sector = SectorCipher.SectorBytes;
    private const uint AlignmentSectors = 4096 / Sector;
    private const uint LeastIterations = 1000;
    private const ulong LargestDiskBytes = 1UL << 62;
    private const uint TrialIterations = 1 << 15;

    /// <summary>Makes a disk that is a whole file.</summary>
    public static ValueTask WriteAsync(IStorage storage, LuksCreateOptions options, CancellationToken cancellation) =>
        WriteAsync(async bytes =>
        {
            await storage.SetLengthAsync(0, cancellation).ConfigureAwait(false);
            await storage.SetLengthAsync(bytes, cancellation).ConfigureAwait(false);
            return storage;
        }, options, cancellation);

    /// <summary>Writes what comes before the disk's bytes, and makes room for them, anywhere.</summary>
    /// <param name="makeRoom">Makes room for so many bytes.</param>
    /// <param name="options">What the disk is like.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    public static async ValueTask WriteAsync(
        Func<ulong, ValueTask<IStorage>> makeRoom, LuksCreateOptions options, CancellationToken cancellation)
    {
        Secret password = RequirePassword(options);
        if (options.Size > LargestDiskBytes)
        {
            throw new ImageException($"size = {options.Size} is more than the {LargestDiskBytes} bytes there can be");
        }

        byte[] key = RandomNumberGenerator.GetBytes(options.KeyBytes);
        LuksHeader header = NewHeader(options, key);
        ulong diskBytes = (options.Size + Sector - 1) / Sector * Sector;
        IStorage place = await makeRoom(header.PayloadOffset + diskBytes).ConfigureAwait(false);
        await LuksKeySlots.WriteAsync(place, header, header.Slots[0], password, key, cancellation)
            .ConfigureAwait(false);

        // Last: without its header the file is no disk yet.
        byte[] head = new byte[LuksHeader.Size];
        header.Write(head);
        await place.WriteAsync(new HostOffset(0), head, cancellation).ConfigureAwait(false);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Bytes before the disk's.</summary>
    /// <exception cref="ImageException">There is no password.</exception>
    public static ulong PayloadOffset(LuksCreateOptions options)
    {
        RequirePassword(options);
        return PayloadSector(options) * (ulong)Sector;
    }

    private static Secret RequirePassword(LuksCreateOptions options) => options.KeySecret
        ?? throw new ImageException($"Parameter '{options.Prefix}key-secret' is required for cipher");

    private static uint PayloadSector(LuksCreateOptions options) =>
        AlignmentSectors + LuksHeader.SlotCount * SlotSectors(options);

    private static uint SlotSectors(LuksCreateOptions options)
    {
        uint sectors = (uint)LuksKeySlots.MaterialBytes((uint)options.KeyBytes) / Sector;
        return (sectors + AlignmentSectors - 1) / AlignmentSectors * AlignmentSectors;
    }

    private static LuksHeader NewHeader(LuksCreateOptions options, byte[] key)
    {
        uint iterations = IterationsIn(options.IterationMilliseconds, options.HashAlgorithm, options.KeyBytes);
        uint digestIterations = Math.Max(LeastIterations, iterations / 8);
        byte[] digestSalt = RandomNumberGenerator.GetBytes(LuksHeader.SaltBytes);
        uint slotSectors = SlotSectors(options);
        LuksKeySlot[] slots = new LuksKeySlot[LuksHeader.SlotCount];
        for (int index = 0; index < slots.Length; index++)
        {
            slots[index] = new LuksKeySlot
            {
                State = index == 0 ? LuksSlotState.Active : LuksSlotState.Inactive,
                Iterations = index == 0 ? iterations : 0,
                Salt = new(index == 0
                    ? RandomNumberGenerator.GetBytes(LuksHeader.SaltBytes)
                    : new byte[LuksHeader.SaltBytes]),
                KeyMaterialSector = AlignmentSectors + (uint)index * slotSectors,
                Stripes = LuksKeySlot.StripeCount,
            };
        }

        return new LuksHeader
        {
            Magic = LuksHeader.MagicValue,
            MagicEnd = 0xbabe,
            Version = 1,
            CipherName = "aes",
            CipherMode = options.Cipher.ModeText,
            HashName = options.HashAlgorithm,
            PayloadSector = PayloadSector(options),
            KeyBytes = (uint)key.Length,
            KeyDigest = new(LuksCipher.Derive(
                key, digestSalt, digestIterations, options.HashAlgorithm, LuksHeader.DigestBytes)),
            KeyDigestSalt = new(digestSalt),
            KeyDigestIterations = digestIterations,
            Uuid = Guid.NewGuid().ToString(),
            Slots = new(slots),
        };
    }

    /// <summary>Iterations that take about so long on this machine.</summary>
    private static uint IterationsIn(long milliseconds, string hash, int keyBytes)
    {
        byte[] nothing = new byte[LuksHeader.SaltBytes];
        LuksCipher.Derive(nothing, nothing, LeastIterations, hash, keyBytes);
        long began = Stopwatch.GetTimestamp();
        LuksCipher.Derive(nothing, nothing, TrialIterations, hash, keyBytes);
        double perMillisecond = TrialIterations / Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return (uint)Math.Clamp(perMillisecond * milliseconds, LeastIterations, LuksHeader.MostIterations);
    }
}
