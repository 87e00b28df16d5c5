using System.Buffers.Binary;
using BlockGen.Drivers.Luks;

namespace BlockGen.Drivers.Qcow2;

/// <summary>
/// Clusters that are encrypted by their host offsets, with a LUKS header in space of its own ("Full disk encryption
/// header pointer" of the specification).
/// </summary>
public sealed partial class Qcow2Image
{
    private const uint LegacyAes = 1;
    private const uint LuksEncryption = 2;
    private const uint EncryptionExtension = 0x0537_be77;
    private const ulong MostEncryptionHeaderBytes = 64 << 20;

    private HostRange _encryptionHeader; // set while opening
    private LuksHeader? _encryption; // set while opening

    private IReadOnlyList<FormatDetail> Encryption => _encryption is { } header
        ? [FormatDetail.Of("encrypt", LuksDetails.Of(header, FormatDetail.Of("format", "luks")))]
        : [];

    /// <inheritdoc/>
    public override bool IsEncrypted => Header.EncryptionMethod != 0;

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
        if (Header.EncryptionMethod != LuksEncryption)
        {
            return;
        }

        if (_encryptionHeader.Length == 0)
        {
            throw new ImageException($"{Storage.Name}: is encrypted and does not say where its encryption header is");
        }

        StorageSlice place = new(Storage, _encryptionHeader);
        LuksHeader header = await HeaderReader.ReadAsync<LuksHeader>(place, cancellation).ConfigureAwait(false);
        _encryption = header;
        if (Options.MetadataOnly)
        {
            DataStorage = new LockedStorage(Storage);
            return;
        }

        Secret password = DriverOptions.KeySecret
            ?? throw new ImageException("Parameter 'encrypt.key-secret' is required for cipher");
        SectorCipher cipher = await LuksKeySlots.UnlockAsync(place, header, password, cancellation)
            .ConfigureAwait(false);
        DataStorage = new EncryptedStorage(Storage, cipher, new HostOffset(0));
    }
}

/// <summary>What opens an encrypted qcow2 image.</summary>
[CreateOptions]
public sealed partial record Qcow2Key
{
    /// <summary>How it is encrypted; the image says so itself.</summary>
    [Option("encrypt.format", Help = "Encryption format: luks")] public string? Format { get; init; }

    /// <summary>The password of one of its key slots.</summary>
    [Option("encrypt.key-secret", Help = "ID of secret providing the LUKS passphrase")]
    public Secret? KeySecret { get; init; }
}
