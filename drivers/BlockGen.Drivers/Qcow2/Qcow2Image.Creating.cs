using System.Numerics;
using BlockGen.Drivers.Luks;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    /// <summary>
    /// The layout of a new image is QEMU's: the header, the refcount table, a refcount block, the L1 table.
    /// </summary>
    [Create] private static Qcow2Header NewHeader(Qcow2CreateOptions options)
    {
        bool isVersion2 = options.Compat is "0.10" or "v2";
        bool isZstandard = options.CompressionType == "zstd";
        options.Check();
        ulong cluster = options.ClusterSize;
        ulong size = (options.Size + 511) & ~511UL;
        return new Qcow2Header
        {
            Magic = Qcow2Header.MagicValue,
            Version = isVersion2 ? 2U : 3U,
            ClusterBits = (uint)BitOperations.Log2(cluster),
            DiskSize = size,
            L1EntryCount = L1EntryCountFor(size, cluster),
            L1TableOffset = new HostOffset(3 * cluster),
            RefcountTableOffset = new HostOffset(cluster),
            RefcountTableClusterCount = 1,
            IncompatibleFeatures = isZstandard ? Qcow2Features.CompressionType : Qcow2Features.None,
            CompatibleFeatures = options.LazyRefcounts ? LazyRefcounts : 0,
            RefcountOrder = (uint)BitOperations.Log2(options.RefcountBits),
            HeaderBytes = (uint)Qcow2Header.Size,
            CompressionType = isZstandard ? (byte)1 : (byte)0,
        };
    }
}

/// <summary>What a new qcow2 image is like.</summary>
[CreateOptions]
public sealed partial record Qcow2CreateOptions
{
    /// <summary>Bytes the guest sees.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>The version: 0.10 or v2, 1.1 or v3.</summary>
    [Option("compat", Help = "Compatibility level (v2 [0.10] or v3 [1.1])")] public string? Compat { get; init; } = "1.1";

    /// <summary>Bytes in one cluster.</summary>
    [Option("cluster_size", Help = "qcow2 cluster size")] public uint ClusterSize { get; init; } = 65536;

    /// <summary>Bits in a reference count.</summary>
    [Option("refcount_bits", Help = "Width of a reference count entry in bits")]
    public uint RefcountBits { get; init; } = 16;

    /// <summary>Whether reference counts may be written late.</summary>
    [Option("lazy_refcounts", Help = "Postpone refcount updates")] public bool LazyRefcounts { get; init; }

    /// <summary>How clusters are compressed: zlib or zstd.</summary>
    [Option("compression_type", Help = "Compression method used for image cluster compression")]
    public string? CompressionType { get; init; } = "zlib";

    /// <summary>How clusters are encrypted: luks; not when null.</summary>
    [Option("encrypt.format", Help = "Encrypt the image, format choices: 'aes', 'luks'")]
    public string? EncryptionFormat { get; init; }

    /// <summary>The password of the first key slot.</summary>
    [Option("encrypt.key-secret", Help = "ID of secret providing qcow AES key or LUKS passphrase")]
    public Secret? KeySecret { get; init; }

    /// <summary>As <see cref="LuksCreateOptions.CipherAlgorithm"/>.</summary>
    [Option("encrypt.cipher-alg", Help = "Name of encryption cipher algorithm")]
    public string? CipherAlgorithm { get; init; }

    /// <summary>As <see cref="LuksCreateOptions.CipherMode"/>.</summary>
    [Option("encrypt.cipher-mode", Help = "Name of encryption cipher mode")]
    public string? CipherMode { get; init; }

    /// <summary>As <see cref="LuksCreateOptions.VectorAlgorithm"/>.</summary>
    [Option("encrypt.ivgen-alg", Help = "Name of IV generator algorithm")]
    public string? VectorAlgorithm { get; init; }

    /// <summary>As <see cref="LuksCreateOptions.VectorHash"/>.</summary>
    [Option("encrypt.ivgen-hash-alg", Help = "Name of IV generator hash algorithm")]
    public string? VectorHash { get; init; }

    /// <summary>As <see cref="LuksCreateOptions.Hash"/>.</summary>
    [Option("encrypt.hash-alg", Help = "Name of encryption hash algorithm")]
    public string? Hash { get; init; }

    /// <summary>As <see cref="LuksCreateOptions.IterationTime"/>.</summary>
    [Option("encrypt.iter-time", Help = "Time to spend in PBKDF in milliseconds")]
    public long? IterationTime { get; init; }

    /// <summary>What is reserved when the image is created: off, metadata, falloc or full.</summary>
    [Option("preallocation", Help = "Preallocation mode (allowed values: off, metadata, falloc, full)")]
    public string? Preallocation { get; init; } = "off";

    [Preallocate] internal Preallocation Reserved => PreallocationMode.Parse(Preallocation);

    /// <summary>What the LUKS header is like; null without one.</summary>
    internal LuksCreateOptions? Encryption => EncryptionFormat is null ? null : new LuksCreateOptions
    {
        Prefix = "encrypt.",
        KeySecret = KeySecret,
        CipherAlgorithm = CipherAlgorithm,
        CipherMode = CipherMode,
        VectorAlgorithm = VectorAlgorithm,
        VectorHash = VectorHash,
        Hash = Hash,
        IterationTime = IterationTime,
    };

    internal void Check()
    {
        bool isVersion2 = Compat is "0.10" or "v2";
        Require(isVersion2 || Compat is "1.1" or "v3", "compat", Compat, "must be 0.10, v2, 1.1 or v3");
        Require(
            BitOperations.IsPow2(ClusterSize) && ClusterSize is >= 512 and <= 2 << 20,
            "cluster_size", $"{ClusterSize}", "must be a power of two between 512 and 2M");
        Require(
            BitOperations.IsPow2(RefcountBits) && RefcountBits <= 64,
            "refcount_bits", $"{RefcountBits}", "must be a power of two up to 64");
        Require(!isVersion2 || RefcountBits == 16, "refcount_bits", $"{RefcountBits}", "must be 16 with compat=0.10");
        Require(!isVersion2 || !LazyRefcounts, "lazy_refcounts", "on", "needs compat=1.1");
        Require(CompressionType is "zlib" or "zstd", "compression_type", CompressionType, "must be zlib or zstd");
        Require(!isVersion2 || CompressionType == "zlib", "compression_type", CompressionType, "needs compat=1.1");
        CheckEncryption();
    }

    private bool IsAnyEncryptionGiven =>
        (KeySecret as object ?? CipherAlgorithm ?? CipherMode ?? VectorAlgorithm ?? VectorHash ?? Hash) is not null
        || IterationTime is not null;

    private void CheckEncryption()
    {
        if (EncryptionFormat is null && IsAnyEncryptionGiven)
        {
            throw new OptionException("Parameter 'encrypt.format' is missing");
        }

        if (EncryptionFormat is not (null or "luks" or "aes"))
        {
            throw new OptionException($"Parameter 'format' does not accept value '{EncryptionFormat}'");
        }

        Require(EncryptionFormat != "aes", "encrypt.format", EncryptionFormat, "is only read: luks is created");
    }

    private static void Require(bool isRight, string option, string? value, string problem)
    {
        if (!isRight)
        {
            throw new ImageException($"option {option} = {value} {problem}");
        }
    }
}
