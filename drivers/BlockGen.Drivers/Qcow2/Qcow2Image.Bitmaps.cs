using System.Numerics;
using System.Text;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image : IImageBitmaps
{
    private const int MostBitmapNameBytes = 1023;
    private const int MostBitmaps = 65535;
    private const ulong LeastUsualGranularity = 4096;
    private const ulong MostUsualGranularity = 65536;

    /// <inheritdoc/>
    public override IImageBitmaps Bitmaps => this;

    /// <inheritdoc/>
    IReadOnlyList<ImageBitmap> IImageBitmaps.All =>
        [.. _bitmaps.Where(static bitmap => bitmap.IsKnown).Select(static bitmap => bitmap.Shown)];

    private bool HasRecordingBitmaps => _bitmaps.Any(static bitmap => bitmap.IsRecording);

    /// <inheritdoc/>
    ValueTask IImageBitmaps.AddAsync(
        string name, ulong? granularityBytes, bool isRecording, CancellationToken cancellation)
    {
        ulong granularity = granularityBytes
            ?? Math.Clamp(ClusterSize, LeastUsualGranularity, MostUsualGranularity);
        byte[] storedName = Encoding.UTF8.GetBytes(name);
        RequireRoom(name, storedName.Length, granularity);
        Qcow2BitmapEntry entry = new()
        {
            Flags = isRecording ? Qcow2BitmapFlags.Auto : Qcow2BitmapFlags.None,
            Type = 1,
            GranularityBits = (byte)BitOperations.Log2(granularity),
            NameBytes = (ushort)storedName.Length,
        };
        return ChangeRootsAsync(
            async held =>
            {
                Qcow2BitmapEntry stored = await StoreBitsAsync(entry, new BitmapBits(Length, granularity), held)
                    .ConfigureAwait(false);
                await ReplaceBitmapsAsync([.. _bitmaps, new Qcow2Bitmap(stored, [], storedName)], [], held)
                    .ConfigureAwait(false);
            },
            cancellation);
    }

    /// <inheritdoc/>
    ValueTask IImageBitmaps.RemoveAsync(string name, CancellationToken cancellation)
    {
        Qcow2Bitmap bitmap = FindBitmap(name);
        return ChangeRootsAsync(
            async held =>
            {
                List<HostRange> unused = await SpaceOfAsync(bitmap, held).ConfigureAwait(false);
                await ReplaceBitmapsAsync([.. _bitmaps.Where(other => other != bitmap)], unused, held)
                    .ConfigureAwait(false);
            },
            cancellation);
    }

    /// <inheritdoc/>
    ValueTask IImageBitmaps.ClearAsync(string name, CancellationToken cancellation)
    {
        Qcow2Bitmap bitmap = FindUsableBitmap(name);
        return ChangeRootsAsync(
            held => ReplaceBitsAsync(bitmap, new BitmapBits(Length, bitmap.GranularityBytes), held), cancellation);
    }

    /// <inheritdoc/>
    ValueTask IImageBitmaps.SetRecordingAsync(string name, bool isRecording, CancellationToken cancellation)
    {
        Qcow2Bitmap bitmap = FindUsableBitmap(name);
        Qcow2BitmapFlags flags = isRecording
            ? bitmap.Entry.Flags | Qcow2BitmapFlags.Auto
            : bitmap.Entry.Flags & ~Qcow2BitmapFlags.Auto;
        Qcow2Bitmap changed = bitmap with { Entry = bitmap.Entry with { Flags = flags } };
        return ChangeRootsAsync(
            held => ReplaceBitmapsAsync([.. _bitmaps.Select(other => other == bitmap ? changed : other)], [], held),
            cancellation);
    }

    /// <inheritdoc/>
    ValueTask<BitmapBits> IImageBitmaps.ReadAsync(string name, CancellationToken cancellation) =>
        ReadBitsAsync(FindUsableBitmap(name), cancellation);

    /// <inheritdoc/>
    ValueTask IImageBitmaps.MergeAsync(string name, BitmapBits source, CancellationToken cancellation)
    {
        Qcow2Bitmap bitmap = FindUsableBitmap(name);
        return ChangeRootsAsync(
            async held =>
            {
                BitmapBits bits = await ReadBitsAsync(bitmap, held).ConfigureAwait(false);
                bits.Add(source);
                await ReplaceBitsAsync(bitmap, bits, held).ConfigureAwait(false);
            },
            cancellation);
    }

    private async ValueTask ReplaceBitsAsync(Qcow2Bitmap bitmap, BitmapBits bits, CancellationToken cancellation)
    {
        List<HostRange> unused = await SpaceOfAsync(bitmap, cancellation).ConfigureAwait(false);
        Qcow2Bitmap changed = bitmap with
        {
            Entry = await StoreBitsAsync(bitmap.Entry, bits, cancellation).ConfigureAwait(false),
        };
        await ReplaceBitmapsAsync(
            [.. _bitmaps.Select(other => other == bitmap ? changed : other)], unused, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts another directory beside the one there is, durably; then the header names it.</summary>
    private async ValueTask ReplaceBitmapsAsync(
        IReadOnlyList<Qcow2Bitmap> bitmaps, List<HostRange> unused, CancellationToken cancellation)
    {
        if (!Options.MetadataOnly && bitmaps.Any(static bitmap => bitmap.IsRecording))
        {
            throw new ImageException(
                $"{Storage.Name}: a bitmap is to record, and guests can write: open the image for its metadata alone");
        }

        (IReadOnlyList<Qcow2Bitmap> Bitmaps, HostRange Directory) before = (_bitmaps, _bitmapDirectory);
        byte[] bytes = [.. bitmaps.SelectMany(static bitmap => bitmap.ToBytes())];
        HostRange directory = bytes.Length == 0
            ? default
            : new HostRange(await StoreNewAsync(bytes, cancellation).ConfigureAwait(false), (ulong)bytes.Length);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        (_bitmaps, _bitmapDirectory) = (bitmaps, directory);
        try
        {
            await RewriteBackingLinkAsync(BackingLink, cancellation).ConfigureAwait(false);
        }
        catch
        {
            (_bitmaps, _bitmapDirectory) = before;
            throw;
        }

        foreach (HostRange range in unused.Append(before.Directory).Where(static range => range.Length > 0))
        {
            GiveBackSpace(range);
        }
    }

    /// <summary>The clusters of a bitmap's bits, and those of its table.</summary>
    private async ValueTask<List<HostRange>> SpaceOfAsync(Qcow2Bitmap bitmap, CancellationToken cancellation)
    {
        List<HostRange> space = [new HostRange(bitmap.Entry.TableOffset, bitmap.Entry.TableBytes)];
        ulong[] entries = await ReadBitmapTableAsync(bitmap, cancellation).ConfigureAwait(false);
        for (int i = 0; i < entries.Length; i++)
        {
            ulong host = entries[i] & BitmapClusterMask;
            if (host != 0 && !IsTable(host, ClusterSize))
            {
                throw EntryFault("bitmap table", bitmap.Entry.TableOffset.Value, (ulong)i, sizeof(ulong), entries[i]);
            }

            space.Add(new HostRange(host, host == 0 ? 0 : ClusterSize));
        }

        return space;
    }

    private Qcow2Bitmap FindBitmap(string name) =>
        _bitmaps.FirstOrDefault(bitmap => bitmap.IsKnown && bitmap.Name == name)
        ?? throw new BitmapException($"Dirty bitmap '{name}' not found");

    private Qcow2Bitmap FindUsableBitmap(string name) => FindBitmap(name) is { IsInconsistent: false } bitmap
        ? bitmap
        : throw new BitmapException(
            $"Bitmap '{name}' is inconsistent and cannot be used\n"
            + "Try block-dirty-bitmap-remove to delete this bitmap from disk");

    private void RequireRoom(string name, int nameBytes, ulong granularityBytes)
    {
        CheckWritable();
        if (_bitmaps.Any(bitmap => bitmap.Name == name))
        {
            throw new BitmapException($"Bitmap already exists: {name}");
        }

        if (!Qcow2Bitmap.IsGranularity(granularityBytes))
        {
            throw new BitmapException("Granularity must be power of 2 and at least 512");
        }

        if (nameBytes is 0 or > MostBitmapNameBytes)
        {
            throw new BitmapException(nameBytes == 0
                ? "Bitmap name cannot be empty"
                : $"Bitmap name too long: {nameBytes} bytes, {MostBitmapNameBytes} at most fit in");
        }

        if (Header.Version == 2)
        {
            throw new BitmapException(
                $"Can't make bitmap '{name}' persistent in '{Storage.Name}': Cannot store dirty bitmaps in qcow2 v2 files");
        }

        if (_bitmaps.Count == MostBitmaps)
        {
            throw new BitmapException($"Maximum number of persistent bitmaps is already reached: {MostBitmaps}");
        }
    }
}
