namespace BlockGen.Drivers.Luks;

/// <summary>What a new LUKS disk is like.</summary>
[CreateOptions]
public sealed partial record LuksCreateOptions
{
    private const long UsualMilliseconds = 2000;

    /// <summary>Bytes of the disk.</summary>
    [Option("size", Help = "Virtual disk size")] public ulong Size { get; init; }

    /// <summary>The password of its first key slot.</summary>
    [Option("key-secret", Help = "ID of the secret that provides the keyslot passphrase")]
    public Secret? KeySecret { get; init; }

    /// <summary>AES and the bits of its key: <c>aes-128</c>, <c>aes-192</c> (not with XTS) or <c>aes-256</c>.</summary>
    [Option("cipher-alg", Help = "Name of encryption cipher algorithm")]
    public string? CipherAlgorithm { get; init; }

    /// <summary>The mode: <c>xts</c> or <c>cbc</c>.</summary>
    [Option("cipher-mode", Help = "Name of encryption cipher mode")]
    public string? CipherMode { get; init; }

    /// <summary>What sectors' vectors are made of: <c>plain</c>, <c>plain64</c> or <c>essiv</c>.</summary>
    [Option("ivgen-alg", Help = "Name of IV generator algorithm")]
    public string? VectorAlgorithm { get; init; }

    /// <summary>The hash of <c>essiv</c>: <c>sha256</c>.</summary>
    [Option("ivgen-hash-alg", Help = "Name of IV generator hash algorithm")]
    public string? VectorHash { get; init; }

    /// <summary>The hash that keys are derived with: <c>sha1</c>, <c>sha256</c>, <c>sha384</c> or <c>sha512</c>.</summary>
    [Option("hash-alg", Help = "Name of encryption hash algorithm")]
    public string? Hash { get; init; }

    /// <summary>How long deriving the key from the password is to take, in milliseconds; 2000 when null.</summary>
    [Option("iter-time", Help = "Time to spend in PBKDF in milliseconds")]
    public long? IterationTime { get; init; }

    /// <summary>What stands before the options' names: an image that has a LUKS header inside has a name for it.</summary>
    internal string Prefix { get; init; } = "";

    internal string HashAlgorithm => Choose("hash-alg", Hash, "sha256", "sha1", "sha384", "sha512");

    internal long IterationMilliseconds => IterationTime ?? UsualMilliseconds;

    internal int KeyBytes => (Mode, Choose("cipher-alg", CipherAlgorithm, "aes-256", "aes-192", "aes-128")) switch
    {
        ("xts", "aes-256") => 64,
        ("xts", "aes-128") => 32,
        (_, "aes-256") => 32,
        (_, "aes-128") => 16,
        ("cbc", _) => 24,
        _ => throw new OptionException("XTS mode needs aes-128 or aes-256"),
    };

    internal LuksCipher Cipher
    {
        get
        {
            string vectors = Choose("ivgen-alg", VectorAlgorithm, "plain64", "plain", "essiv");
            string? hash = vectors == "essiv" ? Choose("ivgen-hash-alg", VectorHash, "sha256") : null;
            return new LuksCipher("aes", Mode, vectors, hash);
        }
    }

    private string Mode => Choose("cipher-mode", CipherMode, "xts", "cbc");

    /// <summary>The value of an option, the usual one when there is none.</summary>
    private static string Choose(string option, string? value, string usual, params ReadOnlySpan<string> others) =>
        value is null || value == usual ? usual
        : others.Contains(value) ? value
        : throw new OptionException($"Parameter '{option}' does not accept value '{value}'");
}
