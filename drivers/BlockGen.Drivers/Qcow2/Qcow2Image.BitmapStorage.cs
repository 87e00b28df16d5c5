using System.Buffers.Binary;

namespace BlockGen.Drivers.Qcow2;

/// <summary>Where bitmaps are: the extension, the directory that it names, a table for each, clusters of bits.</summary>
public sealed partial class Qcow2Image
{
    private const uint BitmapsExtension = 0x2385_2875;
    private const ulong BitmapClusterMask = 0x00ff_ffff_ffff_fe00;

    private IReadOnlyList<Qcow2Bitmap> _bitmaps = []; // as on disk; replaced while the roots are changed
    private HostRange _bitmapDirectory; // as above

    private Autoclear AutoclearFeatures => _bitmaps.Count == 0
        ? Header.AutoclearFeatures & ~Autoclear.Bitmaps
        : Header.AutoclearFeatures | Autoclear.Bitmaps;

    private async ValueTask ReadBitmapsAsync(ulong at, byte[] data, CancellationToken cancellation)
    {
        if (Header.Version == 2 || !Header.AutoclearFeatures.HasFlag(Autoclear.Bitmaps))
        {
            // Somebody has changed the disk without the bitmaps: what they say is not so any more.
            return;
        }

        if (data.Length != Qcow2BitmapList.Size)
        {
            throw FieldFault(at, "bitmaps extension's length", (uint)data.Length, $"is not {Qcow2BitmapList.Size}");
        }

        Qcow2BitmapList list = Qcow2BitmapList.Read(data);
        if (list.Validate() is { } fault)
        {
            throw new CorruptImageException(Storage.Name, at, fault);
        }

        HostRange directory = new(list.DirectoryOffset, list.DirectoryBytes);
        RequireOwnPlace("bitmap directory", at, directory);
        byte[] bytes = await ReadTableBytesAsync(directory.Start, (int)directory.Length, cancellation)
            .ConfigureAwait(false);
        List<Qcow2Bitmap> bitmaps = [];
        for (int read = 0; bitmaps.Count < list.BitmapCount; read += bitmaps[^1].DirectoryBytes)
        {
            ulong place = directory.Start.Value + (ulong)read;
            Qcow2Bitmap bitmap = Qcow2Bitmap.Read(bytes.AsSpan(Math.Min(read, bytes.Length)))
                ?? throw FieldFault(at, nameof(list.BitmapCount), list.BitmapCount, $"are more than the {bitmaps.Count} listed");
            RequireSound(bitmap, place);
            bitmaps.Add(bitmap);
        }

        (_bitmaps, _bitmapDirectory) = (bitmaps, directory);
    }

    private void RequireSound(Qcow2Bitmap bitmap, ulong place)
    {
        if (bitmap.Entry.Validate() is { } fault)
        {
            throw new CorruptImageException(Storage.Name, place, fault);
        }

        ulong most = BitmapBits.MostBytes / ClusterSize;
        if (bitmap.Entry.TableEntryCount > most)
        {
            throw FieldFault(
                place, nameof(bitmap.Entry.TableEntryCount), bitmap.Entry.TableEntryCount,
                $"is more than the {most} clusters of bits that a bitmap of at most {BitmapBits.MostBytes} bytes has");
        }

        RequireOwnPlace("bitmap table", place, new HostRange(bitmap.Entry.TableOffset, bitmap.Entry.TableBytes));
        ulong needed = bitmap.IsKnown
            ? ClustersOf(BitmapBits.BytesFor(Length, bitmap.GranularityBytes))
            : 0;
        if (bitmap.Entry.TableEntryCount < needed && !bitmap.IsInconsistent)
        {
            throw FieldFault(
                place, nameof(bitmap.Entry.TableEntryCount), bitmap.Entry.TableEntryCount,
                $"is less than the {needed} clusters of bits that the disk needs");
        }
    }

    private ulong ClustersOf(ulong bytes) => (bytes / ClusterSize) + (bytes % ClusterSize == 0 ? 0UL : 1UL);

    /// <summary>The extension that names the directory; nothing without bitmaps.</summary>
    private byte[] BitmapsExtensionBytes()
    {
        if (_bitmaps.Count == 0)
        {
            return [];
        }

        byte[] data = new byte[Qcow2BitmapList.Size];
        new Qcow2BitmapList
        {
            BitmapCount = (uint)_bitmaps.Count,
            DirectoryBytes = _bitmapDirectory.Length,
            DirectoryOffset = _bitmapDirectory.Start,
        }.Write(data);
        return Qcow2Extension.With(BitmapsExtension, data);
    }

    /// <summary>Where the clusters of a bitmap are; 0 where all bits are alike, set or not as the entry says.</summary>
    private async ValueTask<ulong[]> ReadBitmapTableAsync(Qcow2Bitmap bitmap, CancellationToken cancellation)
    {
        byte[] bytes = await ReadTableBytesAsync(
            bitmap.Entry.TableOffset, (int)bitmap.Entry.TableBytes, cancellation).ConfigureAwait(false);
        ulong[] entries = new ulong[bitmap.Entry.TableEntryCount];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)));
        }

        return entries;
    }

    private async ValueTask<BitmapBits> ReadBitsAsync(Qcow2Bitmap bitmap, CancellationToken cancellation)
    {
        BitmapBits bits = new(Length, bitmap.GranularityBytes);
        ulong[] entries = await ReadBitmapTableAsync(bitmap, cancellation).ConfigureAwait(false);
        for (int i = 0; i < (int)ClustersOf((ulong)bits.Bytes.Length); i++)
        {
            int start = i * (int)ClusterSize;
            Memory<byte> piece = bits.Bytes.AsMemory(start, Math.Min((int)ClusterSize, bits.Bytes.Length - start));
            ulong host = entries[i] & BitmapClusterMask;
            if (host != 0 && (entries[i] != host || !IsTable(host, ClusterSize)))
            {
                throw EntryFault("bitmap table", bitmap.Entry.TableOffset.Value, (ulong)i, sizeof(ulong), entries[i]);
            }

            if (host == 0)
            {
                piece.Span.Fill((entries[i] & 1) == 0 ? (byte)0 : byte.MaxValue);
            }
            else
            {
                await Storage.ReadAsync(new HostOffset(host), piece, cancellation).ConfigureAwait(false);
            }
        }

        return bits;
    }

    /// <summary>Stores bits in space of their own: clusters that are not empty, and the table.</summary>
    private async ValueTask<Qcow2BitmapEntry> StoreBitsAsync(
        Qcow2BitmapEntry entry, BitmapBits bits, CancellationToken cancellation)
    {
        byte[] table = new byte[ClustersOf((ulong)bits.Bytes.Length) * sizeof(ulong)];
        for (int i = 0; i < table.Length / sizeof(ulong); i++)
        {
            int start = i * (int)ClusterSize;
            byte[] piece = new byte[ClusterSize];
            bits.Bytes.AsSpan(start, Math.Min(piece.Length, bits.Bytes.Length - start)).CopyTo(piece);
            if (piece.AsSpan().ContainsAnyExcept((byte)0))
            {
                HostOffset place = await StoreNewAsync(piece, cancellation).ConfigureAwait(false);
                BinaryPrimitives.WriteUInt64BigEndian(table.AsSpan(i * sizeof(ulong)), place.Value);
            }
        }

        HostOffset tablePlace = table.Length == 0
            ? default
            : await StoreNewAsync(table, cancellation).ConfigureAwait(false);
        return entry with { TableOffset = tablePlace, TableEntryCount = (uint)(table.Length / sizeof(ulong)) };
    }

    private async ValueTask VisitBitmapsAsync(MappingVisitor visitor, CancellationToken cancellation)
    {
        if (_bitmaps.Count == 0)
        {
            return;
        }

        visitor.Table("bitmap directory", 0, Header.ExtensionsOffset, _bitmapDirectory.Start.Value, _bitmapDirectory.Length);
        ulong at = _bitmapDirectory.Start.Value;
        foreach (Qcow2Bitmap bitmap in _bitmaps)
        {
            ulong table = bitmap.Entry.TableOffset.Value;
            if (bitmap.Entry.TableBytes > 0 && visitor.Table("bitmap", 0, at, table, bitmap.Entry.TableBytes))
            {
                ulong[] entries = await ReadBitmapTableAsync(bitmap, cancellation).ConfigureAwait(false);
                for (int i = 0; i < entries.Length; i++)
                {
                    if ((entries[i] & BitmapClusterMask) is not 0 and ulong host)
                    {
                        visitor.Table("bitmap table", (ulong)i, table + (ulong)i * sizeof(ulong), host, ClusterSize);
                    }
                }
            }

            at += (ulong)bitmap.DirectoryBytes;
        }
    }
}
