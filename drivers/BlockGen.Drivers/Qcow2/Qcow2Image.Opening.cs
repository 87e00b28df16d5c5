using System.Text;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    private const uint BackingFormatExtension = 0xe279_2aca;
    private const int MaxBackingFormatBytes = 15;

    private readonly List<byte[]> _otherExtensions = []; // with their headers and padding; filled while opening
    private string? _backingFormat; // set while opening

    /// <summary>Refuses what cannot be read, and reads the extensions of the header.</summary>
    [Opening]
    private async ValueTask ReadExtensionsAsync(CancellationToken cancellation)
    {
        RefuseUnsupported();
        await LoadSnapshotsAsync(cancellation).ConfigureAwait(false);
        if (Options.Snapshot is { } snapshot)
        {
            await ShowSnapshotAsync(snapshot, cancellation).ConfigureAwait(false);
        }

        _ownTables = FindsByMethod ? MakeOwnTables() : null;
        ulong end = Header.BackingNameOffset == 0 ? ClusterSize : Math.Min(ClusterSize, Header.BackingNameOffset);
        for (ulong at = Header.ExtensionsOffset; at + (ulong)Qcow2Extension.Size <= Math.Min(end, Storage.Length);)
        {
            byte[] bytes = new byte[Qcow2Extension.Size];
            await Storage.ReadAsync(new HostOffset(at), bytes, cancellation).ConfigureAwait(false);
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

            byte[] data = new byte[(extension.DataBytes + 7UL) & ~7UL];
            ulong present = Math.Min((ulong)data.Length, Storage.Length - Math.Min(Storage.Length, at));
            await Storage.ReadAsync(new HostOffset(at), data.AsMemory(0, (int)present), cancellation).ConfigureAwait(false);
            if (extension.Type == BackingFormatExtension)
            {
                ReadBackingFormat(at, data.AsSpan(0, (int)extension.DataBytes));
            }
            else if (extension.Type == BitmapsExtension)
            {
                await ReadBitmapsAsync(at, data[..(int)extension.DataBytes], cancellation).ConfigureAwait(false);
            }
            else
            {
                _otherExtensions.Add([.. bytes, .. data]);
                if (extension.Type == EncryptionExtension)
                {
                    ReadEncryptionPlace(at, data.AsSpan(0, (int)extension.DataBytes));
                }
            }

            at += (ulong)data.Length;
        }

        await UnlockAsync(cancellation).ConfigureAwait(false);
    }

    private void ReadBackingFormat(ulong at, ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxBackingFormatBytes)
        {
            throw FieldFault(at, "backing format's length", (uint)name.Length, $"is more than {MaxBackingFormatBytes}");
        }

        _backingFormat = Encoding.UTF8.GetString(name);
    }

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> BytesAfterHeader(BackingLink? link)
    {
        List<byte> bytes = [];
        if (link?.Format is { } format)
        {
            bytes.AddRange(Qcow2Extension.With(BackingFormatExtension, Encoding.UTF8.GetBytes(format)));
        }

        bytes.AddRange(_otherExtensions.SelectMany(static extension => extension));
        bytes.AddRange(BitmapsExtensionBytes());
        bytes.AddRange(new byte[Qcow2Extension.Size]);
        return new byte[Header.ExtensionsOffset - (ulong)StoredHeaderBytes(Header)].Concat(bytes).ToArray();
    }

    /// <inheritdoc/>
    protected override HostRange NewBackingNameRoom
    {
        get
        {
            ulong start = Header.ExtensionsOffset + (ulong)(_otherExtensions.Sum(static extension => extension.Length)
                + BitmapsExtensionBytes().Length + Qcow2Extension.Size + MaxBackingFormatBytes + 1 + Qcow2Extension.Size);
            return new HostRange(start, ClusterSize - Math.Min(ClusterSize, start));
        }
    }

    private void RefuseUnsupported()
    {
        if (Header.Features.HasFlag(Qcow2Features.ExternalDataFile))
        {
            throw new ImageException($"{Storage.Name}: images with an external data file are not supported");
        }

        if (Header.HasSubclusters && Header.ClusterBits < 14)
        {
            throw FieldFault(
                20, nameof(Header.ClusterBits), Header.ClusterBits, "is less than 14, and clusters have subclusters");
        }

        // An empty disk has no L1 table, and QEMU says that it is at 0.
        if (Header.L1EntryCount > 0 && Header.L1TableOffset.Value == 0)
        {
            throw FieldFault(40, nameof(Header.L1TableOffset), 0, "is where the header is");
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

    /// <summary>An extension with its data and padding.</summary>
    internal static byte[] With(uint type, ReadOnlySpan<byte> data)
    {
        byte[] bytes = new byte[Size + (data.Length + 7) / 8 * 8];
        new Qcow2Extension { Type = type, DataBytes = (uint)data.Length }.Write(bytes);
        data.CopyTo(bytes.AsSpan(Size));
        return bytes;
    }
}
