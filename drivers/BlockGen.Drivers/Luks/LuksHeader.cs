namespace BlockGen.Drivers.Luks;

/// <summary>
/// The first 592 bytes of a LUKS disk, version 1. Specification: LUKS On-Disk Format 1.2.3, "Partition header".
/// </summary>
[DiskStruct(ByteOrder.Big, Size = 592)]
public readonly partial record struct LuksHeader
{
    internal const int SlotCount = 8;
    internal const int SaltBytes = 32;
    internal const int DigestBytes = 20;

    // What half a minute of deriving a key from a password takes; nobody waits longer for a disk.
    internal const uint MostIterations = 100_000_000;

    /// <summary>Identifies the disk.</summary>
    [Magic(0x4c554b53)] public uint Magic { get; init; }

    /// <summary>The second part of what identifies the disk.</summary>
    [OneOf(0xbabe)] public ushort MagicEnd { get; init; }

    /// <summary>The version of the format.</summary>
    [OneOf(1)] public ushort Version { get; init; }

    /// <summary>The cipher: <c>aes</c>.</summary>
    [FixedText(32)] public string CipherName { get; init; }

    /// <summary>The mode and what its vectors are made of: <c>xts-plain64</c>, <c>cbc-essiv:sha256</c>.</summary>
    [FixedText(32)] public string CipherMode { get; init; }

    /// <summary>The hash that keys are derived with: <c>sha256</c>.</summary>
    [FixedText(32)] public string HashName { get; init; }

    /// <summary>Where the guest's bytes start, in sectors of 512 bytes.</summary>
    public uint PayloadSector { get; init; }

    internal ulong PayloadOffset => PayloadSector * (ulong)SectorCipher.SectorBytes;

    /// <summary>Bytes of the disk's key.</summary>
    [OneOf(16, 24, 32, 64)] public uint KeyBytes { get; init; }

    /// <summary>A digest of the disk's key.</summary>
    [FixedCount(DigestBytes)] public DiskArray<byte> KeyDigest { get; init; }

    /// <summary>The salt of that digest.</summary>
    [FixedCount(SaltBytes)] public DiskArray<byte> KeyDigestSalt { get; init; }

    /// <summary>Iterations of that digest.</summary>
    [InRange(Min = 1, Max = MostIterations)] public uint KeyDigestIterations { get; init; }

    /// <summary>Identifies this disk, as text.</summary>
    [FixedText(40)] public string Uuid { get; init; }

    /// <summary>One for each password.</summary>
    [FixedCount(SlotCount)] public DiskArray<LuksKeySlot> Slots { get; init; }
}

/// <summary>Where the disk's key is kept under one password ("Key slot" of the specification).</summary>
[DiskStruct(ByteOrder.Big, Size = 48)]
public readonly partial record struct LuksKeySlot
{
    internal const uint StripeCount = 4000;

    /// <summary>Whether it is in use.</summary>
    [OneOf((uint)LuksSlotState.Active, (uint)LuksSlotState.Inactive)] public LuksSlotState State { get; init; }

    /// <summary>Iterations of the derivation of its key.</summary>
    [InRange(Min = 0, Max = LuksHeader.MostIterations)] public uint Iterations { get; init; }

    /// <summary>The salt of that derivation.</summary>
    [FixedCount(LuksHeader.SaltBytes)] public DiskArray<byte> Salt { get; init; }

    /// <summary>Where its key material starts, in sectors of 512 bytes.</summary>
    [InRange(Min = 2, Max = 1 << 24)] public uint KeyMaterialSector { get; init; }

    /// <summary>Parts that the disk's key is split into.</summary>
    [OneOf(StripeCount)] public uint Stripes { get; init; }

    internal bool IsActive => State == LuksSlotState.Active;
}

/// <summary>Whether a key slot is in use.</summary>
public enum LuksSlotState : uint
{
    /// <summary>It is not.</summary>
    Inactive = 0x0000dead,

    /// <summary>It is.</summary>
    Active = 0x00ac71f3,
}
