using System.Buffers.Binary;

namespace BlockGen.Testing;

/// <summary>
/// A good image that is then damaged, and what must hold whatever the damage: an error in words or data.
/// </summary>
/// <param name="recipe">How the image was made.</param>
/// <param name="bytes">Its file.</param>
public sealed class Victim(ImageRecipe recipe, byte[] bytes)
{
    private const string FileName = "victim";
    private const ulong MostAllocatedBytes = 64 << 20;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>The image's file.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>An image with clusters of every kind.</summary>
    public static async Task<Victim> CreateAsync(ImageRecipe recipe, int diskBytes)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        MemoryStorage storage = await recipe.CreateAsync((ulong)diskBytes).ConfigureAwait(false);
        Image image = await recipe.OpenAsync(storage).ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            await image.WriteAsync(0, ImageExpectations.RandomBytes(20_000, 1)).ConfigureAwait(false);
            await image.WriteAsync(diskBytes / 2, ImageExpectations.RandomBytes(9000, 2)).ConfigureAwait(false);
            await image.WriteAsync(diskBytes - 5000, ImageExpectations.RandomBytes(5000, 3)).ConfigureAwait(false);
        }

        return new Victim(recipe, storage.ToArray());
    }

    /// <summary>Writes a little-endian number of up to 16 bytes into the file.</summary>
    public void Poke(int at, int size, UInt128 value)
    {
        byte[] number = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(number, value);
        number.AsSpan(0, size).CopyTo(Bytes.AsSpan(at));
    }

    /// <summary>A little-endian number of 8 bytes in the file.</summary>
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
            Assert.True(use.IsCompleted, "a request to memory did not complete at once");
            use.GetAwaiter().GetResult();
        }

        ulong allocated = (ulong)(GC.GetAllocatedBytesForCurrentThread() - before);
        ulong most = MostAllocatedBytes + 6 * (ulong)Bytes.Length;
        Assert.True(
            allocated <= most,
            $"{allocated} bytes were allocated, more than {most}: is every size in the file checked?");
        Assert.All(errors.OfType<CorruptImageException>(), error =>
        {
            Assert.Equal(FileName, error.File);
            string place = $"at offset 0x{error.Offset.Value:x}: {error.Field} is ";
            Assert.Contains(place, error.Message, StringComparison.Ordinal);
        });
        return errors;
    }

    private async Task UseAsync(bool readOnly, List<ImageException> errors)
    {
        MemoryStorage storage = new(Bytes, FileName);
        Image? image = null;
        OpenOptions options = new() { ReadOnly = readOnly, TableCacheBytes = 1 << 20, BounceBytes = 16 << 20 };
        await TryAsync(errors, async () =>
            image = await recipe.OpenOverAsync(storage, new byte[4096], options).ConfigureAwait(false))
            .ConfigureAwait(false);
        if (image is null)
        {
            return;
        }

        ulong[] places = [0, 4096, image.Length / 2, image.Length - Math.Min(image.Length, 5000)];
        foreach (ulong place in places.Where(place => place < image.Length))
        {
            await UsePlaceAsync(image, place, errors).ConfigureAwait(false);
        }

        image.ExpectIdle();
        if (image.ClusterBytes > 0)
        {
            await TryAsync(errors, () => image.CheckAsync(CancellationToken.None).AsTask()).ConfigureAwait(false);
        }

        await TryWriteAsync(errors, () => image.DisposeAsync().AsTask()).ConfigureAwait(false);
    }

    private static async Task UsePlaceAsync(Image image, ulong place, List<ImageException> errors)
    {
        byte[] piece = new byte[(int)Math.Min(5000, image.Length - place)];
        GuestOffset offset = new(place);
        GuestRange range = new(place, (ulong)piece.Length);
        GuestRange rest = new(place, image.Length - place);
        await TryAsync(errors, () => image.ReadAsync(offset, piece, CancellationToken.None).AsTask())
            .ConfigureAwait(false);
        await TryAsync(errors, () => image.MapAsync(rest, CancellationToken.None).AsTask()).ConfigureAwait(false);
        if (!image.IsReadOnly)
        {
            await TryWriteAsync(errors, () => image.WriteAsync(offset, piece, CancellationToken.None).AsTask())
                .ConfigureAwait(false);
            await TryWriteAsync(
                errors, () => image.WriteZeroesAsync(range, ZeroMode.MayUnmap, CancellationToken.None).AsTask())
                .ConfigureAwait(false);
        }
    }

    private static async Task TryAsync(List<ImageException> errors, Func<Task> use)
    {
        try
        {
            await use().ConfigureAwait(false);
        }
        catch (ImageException error)
        {
            Assert.Contains(FileName, error.Message, StringComparison.Ordinal);
            errors.Add(error);
        }
    }

    private static async Task TryWriteAsync(List<ImageException> errors, Func<Task> use)
    {
        try
        {
            await TryAsync(errors, use).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            Assert.Contains(FileName, error.Message, StringComparison.Ordinal);
        }
    }
}
