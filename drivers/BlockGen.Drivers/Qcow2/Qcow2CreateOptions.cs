using System.Numerics;
using BlockGen.Drivers.Luks;

namespace BlockGen.Drivers.Qcow2;

/// <summary>What a new qcow2 image is like; the options are in the order in which QEMU tells of them.</summary>
[CreateOptions]
public sealed partial record Qcow2CreateOptions
{
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

    /// <summary>Bytes in one cluster.</summary>
    [Option("cluster_size", Help = "qcow2 cluster size")] public uint ClusterSize { get; init; } = 65536;

    /// <summary>Whether table entries tell of subclusters: such images are only read.</summary>
    [Option("extended_l2", Help = "Extended L2 tables")] public bool ExtendedL2 { get; init; }

    /// <summary>What is reserved when the image is created: off (also when null), metadata, falloc or full.</summary>
    [Option("preallocation", Help = "Preallocation mode (allowed values: off, metadata, falloc, full)")]
    public string? Preallocation { get; init; }

    /// <summary>How clusters are compressed: zlib or zstd.</summary>
    [Option("compression_type", Help = "Compression method used for image cluster compression")]
    public string? CompressionType { get; init; } = "zlib";

    /// <summary>Bytes the guest sees.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>The version: 0.10 or v2, 1.1 or v3; 1.1 when null.</summary>
    [Option("compat", Help = "Compatibility level (v2 [0.10] or v3 [1.1])")] public string? Compat { get; init; }

    /// <summary>Whether reference counts may be written late.</summary>
    [Option("lazy_refcounts", Help = "Postpone refcount updates")] public bool LazyRefcounts { get; init; }

    /// <summary>Bits in a reference count: a power of two up to 64; 16 when null.</summary>
    [Option("refcount_bits", Help = "Width of a reference count entry in bits")]
    public long? RefcountBits { get; init; } = 16;

    [Preallocate] internal Preallocation Reserved => PreallocationMode.Parse(Preallocation);

    internal bool IsVersion2 => Compat is "0.10" or "v2";

    internal long CountBits => RefcountBits ?? 16;

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
        Require(
            IsVersion2 || Compat is null or "1.1" or "v3", $"Parameter 'version' does not accept value '{Compat}'");
        Require(
            BitOperations.IsPow2(ClusterSize) && ClusterSize is >= 512 and <= 2 << 20,
            "Cluster size must be a power of two between 512 and 2048k");
        Require(
            CountBits is > 0 and <= 64 && BitOperations.IsPow2(CountBits),
            "Refcount width must be a power of two and may not exceed 64 bits");
        Require(CompressionType is "zlib" or "zstd", $"Parameter 'compression-type' does not accept value '{CompressionType}'");
        RequireVersion3(CountBits != 16, "Different refcount widths than 16 bits require compatibility level 1.1 or above");
        RequireVersion3(LazyRefcounts, "Lazy refcounts only supported with compatibility level 1.1 and above");
        RequireVersion3(
            CompressionType != "zlib",
            "Non-zlib compression type is only supported with compatibility level 1.1 and above");
        RequireVersion3(ExtendedL2, "Extended L2 entries are only supported with compatibility level 1.1 and above");
        Require(
            !ExtendedL2 || ClusterSize >= 16384,
            "Extended L2 entries are only supported with cluster sizes of at least 16384 bytes");
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

        Require(EncryptionFormat != "aes", "encrypt.format = aes is only read: luks is created");
    }

    private void RequireVersion3(bool isNeeded, string problem) =>
        Require(!isNeeded || !IsVersion2, $"{problem} (use version=v3 or greater)");

    private static void Require(bool isRight, string problem)
    {
        if (!isRight)
        {
            throw new OptionException(problem);
        }
    }
}
