using System.Buffers.Binary;

namespace BlockGen.Drivers.Tests.Hostile;

/// <summary>
/// A good image that is then damaged, and what must hold whatever the damage: an error in words or data.
/// </summary>
internal sealed class Victim(string format, byte[] bytes)
{
    private const ulong MostAllocatedBytes = 64 << 20;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    public byte[] Bytes { get; } = bytes;

    /// <summary>An image with clusters of every kind.</summary>
    public static async Task<Victim> CreateAsync(string format, string options, int diskBytes)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync(format, $"{options},size={diskBytes}");
        await using (Image image = await MemoryDisk.OpenAsync(storage, format))
        {
            await image.WriteAsync(0, MemoryDisk.RandomBytes(20_000, 1));
            await image.WriteAsync(diskBytes / 2, MemoryDisk.RandomBytes(9000, 2));
            await image.WriteAsync(diskBytes - 5000, MemoryDisk.RandomBytes(5000, 3));
        }

        return new Victim(format, storage.ToArray());
    }

    public void Poke(int at, int size, UInt128 value)
    {
        byte[] number = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(number, value);
        number.AsSpan(0, size).CopyTo(Bytes.AsSpan(at));
    }

    public ulong Peek(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(at));

    /// <summary>
    /// Uses the image in every way. Opening and reading may only fail as an image fails; writing may also find no room.
    /// Returns the errors.
    /// </summary>
    public Task<IReadOnlyList<ImageException>> UseAsync() => Task.Run(UseOnOneThread).WaitAsync(s_limit);

    private IReadOnlyList<ImageException> UseOnOneThread()
    {
        List<ImageException> errors = [];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (bool readOnly in (bool[])[true, false])
        {
            // Everything in memory completes at once, and so on this thread, where allocation is measured.
            Task use = UseAsync(readOnly, errors);
            Assert.True(use.IsCompleted);
            use.GetAwaiter().GetResult();
        }

        ulong allocated = (ulong)(GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(allocated, 0UL, MostAllocatedBytes + 6 * (ulong)Bytes.Length);
        return errors;
    }

    private async Task UseAsync(bool readOnly, List<ImageException> errors)
    {
        MemoryStorage storage = new(Bytes, "victim");
        Image? image = null;
        OpenOptions options = new() { ReadOnly = readOnly, TableCacheBytes = 1 << 20, BounceBytes = 16 << 20 };
        await TryAsync(
            errors, async () => image = await MemoryDisk.OpenOverAsync(storage, format, new byte[4096], options));
        if (image is null)
        {
            return;
        }

        ulong[] places = [0, 4096, image.Length / 2, image.Length - Math.Min(image.Length, 5000)];
        foreach (ulong place in places.Where(place => place < image.Length))
        {
            byte[] piece = new byte[(int)Math.Min(5000, image.Length - place)];
            GuestOffset offset = new(place);
            GuestRange range = new(place, (ulong)piece.Length);
            GuestRange rest = new(place, image.Length - place);
            await TryAsync(errors, () => image.ReadAsync(offset, piece, CancellationToken.None).AsTask());
            await TryAsync(errors, () => image.MapAsync(rest, CancellationToken.None).AsTask());
            if (!readOnly)
            {
                await TryWriteAsync(errors, () => image.WriteAsync(offset, piece, CancellationToken.None).AsTask());
                await TryWriteAsync(
                    errors, () => image.WriteZeroesAsync(range, ZeroMode.MayUnmap, CancellationToken.None).AsTask());
            }
        }

        image.ExpectIdle();
        if (image.ClusterBytes > 0)
        {
            await TryAsync(errors, () => image.CheckAsync(CancellationToken.None).AsTask());
        }

        await TryWriteAsync(errors, () => image.DisposeAsync().AsTask());
    }

    private static async Task TryAsync(List<ImageException> errors, Func<Task> use)
    {
        try
        {
            await use();
        }
        catch (ImageException error)
        {
            Assert.Contains("victim", error.Message, StringComparison.Ordinal);
            errors.Add(error);
        }
    }

    private static async Task TryWriteAsync(List<ImageException> errors, Func<Task> use)
    {
        try
        {
            await TryAsync(errors, use);
        }
        catch (IOException error)
        {
            Assert.Contains("victim", error.Message, StringComparison.Ordinal);
        }
    }
}
