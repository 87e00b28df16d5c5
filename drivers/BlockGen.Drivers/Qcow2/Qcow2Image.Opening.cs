using System.Text;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    private const uint BackingFormatExtension = 0xe279_2aca;
    private const int MaxBackingFormatBytes = 15;

    private string? _backingFormat; // set while opening

    /// <summary>Refuses what cannot be read, and reads the extensions of the header.</summary>
    [Opening]
    private async ValueTask ReadExtensionsAsync(CancellationToken cancellation)
    {
        RefuseUnsupported();
        ulong end = Header.BackingNameOffset == 0 ? ClusterSize : Math.Min(ClusterSize, Header.BackingNameOffset);
        for (ulong at = Header.ExtensionsOffset; at + (ulong)Qcow2Extension.Size <= end && at < Storage.Length;)
        {
            byte[] bytes = new byte[Qcow2Extension.Size];
            await ReadTableAsync(new HostOffset(at), bytes, cancellation).ConfigureAwait(false);
            Qcow2Extension extension = Qcow2Extension.Read(bytes);
            at += (ulong)Qcow2Extension.Size;
            if (extension.Type == 0)
            {
                break;
            }

            if (extension.DataBytes > end - at)
            {
                throw FieldFault(
                    at, nameof(extension.DataBytes), extension.DataBytes, $"is past the header's end at 0x{end:x}");
            }

            if (extension.Type == BackingFormatExtension)
            {
                await ReadBackingFormatAsync(at, extension.DataBytes, cancellation).ConfigureAwait(false);
            }

            at += (extension.DataBytes + 7UL) & ~7UL;
        }
    }

    private async ValueTask ReadBackingFormatAsync(ulong at, uint length, CancellationToken cancellation)
    {
        if (length > MaxBackingFormatBytes)
        {
            throw FieldFault(at, "backing format's length", length, $"is more than {MaxBackingFormatBytes}");
        }

        byte[] name = new byte[length];
        await ReadTableAsync(new HostOffset(at), name, cancellation).ConfigureAwait(false);
        _backingFormat = Encoding.UTF8.GetString(name);
    }

    private void RefuseUnsupported()
    {
        if (Header.EncryptionMethod != 0)
        {
            throw new ImageException($"{Storage.Name}: encrypted images are not supported");
        }

        if (Header.Features.HasFlag(Qcow2Features.ExternalDataFile))
        {
            throw new ImageException($"{Storage.Name}: images with an external data file are not supported");
        }

        if (Header.HasSubclusters && Header.ClusterBits < 14)
        {
            throw FieldFault(
                20, nameof(Header.ClusterBits), Header.ClusterBits, "is less than 14, and clusters have subclusters");
        }

        if ((UInt128)Header.L1EntryCount * L2GuestBytes < GuestSize)
        {
            throw FieldFault(
                36, nameof(Header.L1EntryCount), Header.L1EntryCount, $"is too few for a disk of {GuestSize} bytes");
        }
    }

    private CorruptImageException FieldFault(ulong at, string field, uint value, string problem) =>
        new(Storage.Name, at, new LayoutFault(0, field, $"{value}", problem));
}

/// <summary>What precedes each extension's data, which is padded to 8 bytes.</summary>
[DiskStruct(ByteOrder.Big, Size = 8)]
public readonly partial record struct Qcow2Extension
{
    /// <summary>What it is; 0 ends the list.</summary>
    public uint Type { get; init; }

    /// <summary>Bytes of its data.</summary>
    public uint DataBytes { get; init; }
}
