using System.IO.Hashing;

namespace BlockGen.Fuzz;

/// <summary>The ways to use a file as an image. The same file is used the same way each time.</summary>
internal sealed class CaseUse
{
    private const int PieceBytes = 64 << 10;
    private const int MostExtents = 2000;
    private const ulong CapacityBytes = 32 << 20;
    private const string FileName = "case";

    private readonly FormatRegistry _formats;
    private readonly ImageFormat _format;
    private readonly byte[] _file;
    private readonly Random _random;

    public CaseUse(ImageFormat format, byte[] file)
    {
        _formats = new FormatRegistry([format]);
        _format = format;
        _file = file;
        _random = new Random((int)XxHash32.HashToUInt32(file));
    }

    /// <summary>The ways, in order.</summary>
    public IReadOnlyList<Func<Task>> Steps => [ReadAsync, WriteAsync, RepairAsync];

    /// <summary>Describes, maps, reads and checks it.</summary>
    private async Task ReadAsync()
    {
        if (await TryOpenAsync(Store(), isReadOnly: true) is not { } image)
        {
            return;
        }

        await using (image)
        {
            _ = image.Describe();
            _ = image.Details;
            await TryAsync(() => MapAsync(image));
            foreach (GuestRange range in Places(image))
            {
                byte[] buffer = new byte[range.Length];
                await TryAsync(() => image.ReadAsync(range.Start, buffer, CancellationToken.None).AsTask());
                await TryAsync(() => image.IsAllocatedAsync(range, CancellationToken.None).AsTask());
            }

            await TryAsync(() => image.CheckAsync(CancellationToken.None).AsTask());
        }
    }

    /// <summary>Writes to it in every way, whatever is wrong with it.</summary>
    private async Task WriteAsync()
    {
        if (await TryOpenAsync(Store(), isReadOnly: false) is not { } image)
        {
            return;
        }

        foreach (GuestRange range in Places(image))
        {
            byte[] data = RandomBytes((int)range.Length);
            await TryAsync(() => image.WriteAsync(range.Start, data, CancellationToken.None).AsTask());
            await TryAsync(() => image.DiscardAsync(range, CancellationToken.None).AsTask());
            await TryAsync(() => image.WriteZeroesAsync(range, ZeroMode.MayUnmap, CancellationToken.None).AsTask());
        }

        await TryAsync(() => image.FlushAsync(CancellationToken.None).AsTask());
        await TryAsync(() => image.DisposeAsync().AsTask());
    }

    /// <summary>Repairs it; an image that is said to be sound then keeps what it is given.</summary>
    private async Task RepairAsync()
    {
        MemoryStorage storage = Store();
        if (await TryOpenAsync(storage, isReadOnly: false) is not { } image)
        {
            return;
        }

        bool isSound = false;
        await TryAsync(async () =>
            isSound = (await image.RepairAsync(RepairKind.All, CancellationToken.None)).Left.Errors == 0);
        SoundImage? sound = isSound ? new SoundImage(image, _random) : null;
        bool isWritten = sound is not null && await TryAsync(() => sound.FillAsync(Places(image)));
        bool isClosed = await TryAsync(() => image.DisposeAsync().AsTask());
        if (isWritten && isClosed)
        {
            await using Image again = await TryOpenAsync(storage, isReadOnly: true)
                ?? throw new CaseException("a repaired image cannot be opened again");
            await sound!.ExpectAsync(again);
        }
    }

    private async Task<Image?> TryOpenAsync(MemoryStorage storage, bool isReadOnly)
    {
        OpenOptions options = new()
        {
            ReadOnly = isReadOnly,
            OpenBacking = false,
            IgnoreDirtyMark = true,
            TableCacheBytes = 1 << 20,
            BounceBytes = 16 << 20,
        };
        try
        {
            return await _formats.OpenAsync(storage, _format.Name, options, CancellationToken.None);
        }
        catch (ImageException)
        {
            return null;
        }
    }

    private static async Task MapAsync(Image image)
    {
        ulong start = 0;
        for (int count = 0; count < MostExtents && start < image.Length; count++)
        {
            Extent extent = await image.MapAsync(new GuestRange(start, image.Length - start), CancellationToken.None);
            if (extent.Range.Start.Value != start || extent.Length == 0 || extent.Length > image.Length - start)
            {
                throw new CaseException($"mapping 0x{start:x} of a disk of {image.Length} bytes gives {extent}");
            }

            start += extent.Length;
        }
    }

    /// <summary>Whether it was done, and did not fail as images may.</summary>
    private static async Task<bool> TryAsync(Func<Task> use)
    {
        try
        {
            await use();
            return true;
        }
        catch (Exception error) when (error is ImageException or IOException or NotSupportedException)
        {
            return false;
        }
    }

    private GuestRange[] Places(Image image)
    {
        ulong length = image.Length;
        ulong[] starts =
        [
            0, length / 2, length - Math.Min(length, 3000),
            .. Enumerable.Range(0, 2).Select(_ => length == 0 ? 0 : (ulong)_random.NextInt64() % length),
        ];
        return [.. starts.Select(start => new GuestRange(
            start, Math.Min(length - start, (ulong)_random.Next(1, PieceBytes))))];
    }

    private byte[] RandomBytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private MemoryStorage Store()
    {
        MemoryStorage storage = new((ulong)_file.Length, FileName, CapacityBytes);
        for (int at = 0; at < _file.Length; at += MemoryStorage.ChunkBytes)
        {
            ReadOnlyMemory<byte> chunk = _file.AsMemory(at, Math.Min(MemoryStorage.ChunkBytes, _file.Length - at));
            if (chunk.Span.IndexOfAnyExcept((byte)0) >= 0)
            {
                ValueTask stored = storage.WriteAsync(new HostOffset((ulong)at), chunk, CancellationToken.None);
                stored.AsTask().GetAwaiter().GetResult();
            }
        }

        return storage;
    }
}
