using System.Buffers.Binary;
using BlockGen.Drivers.Luks;
using BlockGen.Drivers.Qcow;

namespace BlockGen.Drivers.Qcow2;

/// <summary>
/// Clusters that are encrypted by their host offsets, with a LUKS header in space of its own ("Full disk encryption
/// header pointer" of the specification).
/// </summary>
public sealed partial class Qcow2Image
{
    private const uint LuksEncryption = 2;
    private const uint EncryptionExtension = 0x0537_be77;
    private const ulong MostEncryptionHeaderBytes = 64 << 20;

    private HostRange _encryptionHeader; // set while opening
    private LuksHeader? _encryption; // set while opening
    private LegacyAes? _aes; // set while opening
    private bool _isZeroWhenNew = true; // set while opening

    private IReadOnlyList<FormatDetail> Encryption => _encryption is { } header
        ? [FormatDetail.Of("encrypt", LuksDetails.Of(header, EncryptionFormat))]
        : IsEncrypted ? [FormatDetail.Of("encrypt", [EncryptionFormat])]
        : [];

    private FormatDetail EncryptionFormat => FormatDetail.Of("format", EncryptionFormatName);

    private string EncryptionFormatName => Header.EncryptionMethod == LegacyAes.Method ? "aes" : "luks";

    /// <inheritdoc/>
    public override bool IsEncrypted => Header.EncryptionMethod != 0;

    /// <summary>No, where a new encrypted disk has its clusters already: they decrypt to anything.</summary>
    public override bool IsZeroWhenNew => _isZeroWhenNew;

    private void ReadEncryptionPlace(ulong at, ReadOnlySpan<byte> data)
    {
        if (data.Length != 2 * sizeof(ulong))
        {
            throw FieldFault(at, "encryption header pointer's length", (uint)data.Length, "is not 16");
        }

        ulong start = BinaryPrimitives.ReadUInt64BigEndian(data);
        ulong length = BinaryPrimitives.ReadUInt64BigEndian(data[sizeof(ulong)..]);
        bool isSound = start % ClusterSize == 0 && start >= ClusterSize && start <= Storage.Length
            && length is > 0 and <= MostEncryptionHeaderBytes && length <= Storage.Length - start;
        _encryptionHeader = isSound ? new HostRange(start, length) : throw new CorruptImageException(
            Storage.Name,
            at,
            new LayoutFault(0, "encryption header", $"{length} bytes at 0x{start:x}", "is not inside the file's clusters"));
    }

    private async ValueTask UnlockAsync(CancellationToken cancellation)
    {
        if (!IsEncrypted)
        {
            return;
        }

        byte[] firstEntry = await ReadTableBytesAsync(
            new HostOffset(_firstTable), (int)Math.Min(L1TableBytes, (ulong)Qcow2L1Entry.Size), cancellation)
            .ConfigureAwait(false);
        _isZeroWhenNew = !firstEntry.AsSpan().ContainsAnyExcept((byte)0);
        if (DriverOptions.Format is { } format && format != EncryptionFormatName)
        {
            throw new ImageException(
                $"Header reported '{EncryptionFormatName}' encryption format but options specify '{format}'");
        }

        if (Header.EncryptionMethod == LegacyAes.Method)
        {
            _aes = new LegacyAes(LegacyAes.RequireKey(DriverOptions.KeySecret, Options), Storage.Name);
            return;
        }

        if (_encryptionHeader.Length == 0)
        {
            throw new ImageException($"{Storage.Name}: is encrypted and does not say where its encryption header is");
        }

        StorageSlice place = new(Storage, _encryptionHeader);
        LuksHeader header = await HeaderReader.ReadAsync<LuksHeader>(place, cancellation).ConfigureAwait(false);
        _encryption = header;
        if (LegacyAes.RequireKey(DriverOptions.KeySecret, Options) is not { } password)
        {
            DataStorage = new LockedStorage(Storage);
            return;
        }

        SectorCipher cipher = await LuksKeySlots.UnlockAsync(place, header, password, cancellation)
            .ConfigureAwait(false);
        DataStorage = new EncryptedStorage(Storage, cipher, new HostOffset(0));
    }

    /// <summary>Puts a LUKS header into space of its own, and names it.</summary>
    [Creating]
    private async ValueTask EncryptAsync(Qcow2CreateOptions options, CancellationToken cancellation)
    {
        if (options.Encryption is not { } luks)
        {
            return;
        }

        await LuksCreation.WriteAsync(MakeRoomAsync, luks, cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        byte[] place = new byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(place, _encryptionHeader.Start.Value);
        BinaryPrimitives.WriteUInt64BigEndian(place.AsSpan(sizeof(ulong)), _encryptionHeader.Length);
        _otherExtensions.Add(Qcow2Extension.With(EncryptionExtension, place));
        await ChangeHeaderAsync(() => Header with { EncryptionMethod = LuksEncryption }, cancellation)
            .ConfigureAwait(false);
        await RewriteBackingLinkAsync(BackingLink, cancellation).ConfigureAwait(false);

        async ValueTask<IStorage> MakeRoomAsync(ulong bytes)
        {
            _encryptionHeader = new HostRange(TakeSpace(bytes), bytes);
            await GrowToAsync(_encryptionHeader.Start, bytes, cancellation).ConfigureAwait(false);
            await RaiseCountsAsync(cancellation).ConfigureAwait(false);
            return new StorageSlice(Storage, _encryptionHeader);
        }
    }
}

/// <summary>What opens an encrypted qcow2 image.</summary>
[CreateOptions]
public sealed partial record Qcow2Key
{
    /// <summary>How it is encrypted: <c>luks</c> or <c>aes</c>; the image says so itself.</summary>
    [Option("encrypt.format", Help = "Encryption format: luks or aes")] public string? Format { get; init; }

    /// <summary>The password of one of its key slots, or the key of AES itself.</summary>
    [Option("encrypt.key-secret", Help = "ID of secret providing the LUKS passphrase or AES key")]
    public Secret? KeySecret { get; init; }
}
