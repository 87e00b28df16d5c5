namespace BlockGen.Drivers.Luks;

/// <summary>A disk that is encrypted as a whole, as cryptsetup does it (LUKS 1).</summary>
[ImageFormat("luks", Header = typeof(LuksHeader), OpenOptions = typeof(LuksKey))]
[IdentityLookup]
public sealed partial class LuksImage
{
    /// <inheritdoc/>
    public override bool IsEncrypted => true;

    /// <summary>No: sectors that were never written decrypt to anything.</summary>
    public override bool IsZeroWhenNew => false;

    [HostStart] private HostOffset Payload => new(Header.PayloadOffset);

    [GuestSize] private ulong GuestSize => Storage.Length - Math.Min(Payload.Value, Storage.Length);

    [Resize] private ulong FileBytes(ulong bytes) => Payload.Value + bytes;

    [Opening]
    private async ValueTask UnlockAsync(CancellationToken cancellation)
    {
        if (Options.MetadataOnly)
        {
            DataStorage = new LockedStorage(Storage);
            return;
        }

        Secret password = DriverOptions.KeySecret
            ?? throw new ImageException("Parameter 'key-secret' is required for cipher");
        SectorCipher cipher = await LuksKeySlots.UnlockAsync(Storage, Header, password, cancellation)
            .ConfigureAwait(false);
        DataStorage = new EncryptedStorage(Storage, cipher, Payload);
    }

    [Measure] private static FileMeasure Measure(LuksCreateOptions options) =>
        new(LuksCreation.PayloadOffset(options) + options.Size);

    [Create]
    private static ValueTask WriteNewAsync(
        IStorage storage, LuksCreateOptions options, CancellationToken cancellation) =>
        LuksCreation.WriteAsync(storage, options, cancellation);
}

/// <summary>What opens a LUKS disk.</summary>
[CreateOptions]
public sealed partial record LuksKey
{
    /// <summary>The password of one of its key slots.</summary>
    [Option("key-secret", Help = "ID of the secret that provides the keyslot passphrase")]
    public Secret? KeySecret { get; init; }
}
