using System.Numerics;

namespace BlockGen;

/// <summary>Copies what one image and its backing images hold into another image, of any format.</summary>
public static class ImageConverter
{
    private const ulong FirstChunkBytes = 512 << 10;

    /// <summary>
    /// Copies the whole disk. What the target has beyond the source's end reads as zeroes afterwards.
    /// </summary>
    /// <param name="source">Read, with its backing images.</param>
    /// <param name="target">
    /// Written. Its data is durable after its <see cref="Image.FlushAsync"/>, which is left to the caller.
    /// </param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it within moments; what was written stays.</param>
    /// <returns>What was gone through and what was really written.</returns>
    /// <exception cref="ImageException">The target is smaller than the source.</exception>
    /// <exception cref="IOException">A storage failed.</exception>
    public static Task<CopyProgress> ConvertAsync(
        Image source, Image target, ConvertOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ConvertAsync([new ImagePart(source, new GuestRange(0, source.Length))], target, options, cancellation);
    }

    /// <summary>Copies parts of disks, one after the other; otherwise as the above.</summary>
    /// <param name="sources">What is copied, in order.</param>
    /// <param name="target">Written.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it within moments; what was written stays.</param>
    /// <returns>What was gone through and what was really written.</returns>
    /// <exception cref="ImageException">The target is smaller than the sources.</exception>
    /// <exception cref="IOException">A storage failed.</exception>
    public static async Task<CopyProgress> ConvertAsync(
        IReadOnlyList<ImagePart> sources, Image target, ConvertOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxCopies);
        ArgumentOutOfRangeException.ThrowIfZero(options.MaxChunkBytes);
        JoinedParts source = new(sources);
        if (source.Length > target.Length)
        {
            string names = string.Join(", ", sources.Select(part => part.Image.Storage.Name));
            throw new ImageException(
                $"{target.Storage.Name}: a disk of {target.Length} bytes has no room for the {source.Length} bytes "
                + $"of {names}");
        }

        if (options.SharedBacking is not null && sources.Count != 1)
        {
            throw new ArgumentException("several sources share no backing image", nameof(options));
        }

        ConvertPolicy policy = new(source, target, options);
        ulong chunkBytes = Math.Max(options.MaxChunkBytes, policy.Granularity);
        using BouncePool bounce = new(PoolBytes(chunkBytes, options.MaxCopies));
        CopyTuning tuning = new(
            options.MaxCopies, Math.Min(FirstChunkBytes, chunkBytes), chunkBytes, ErrorPolicy.Report);
        CopyEngine? engine = null;
        engine = new CopyEngine(policy, bounce, tuning, TimeProvider.System)
        {
            Advanced = options.Progress is null ? null : () => options.Progress(engine!.Progress),
        };
        engine.Speed.BytesPerSecond = options.SpeedBytesPerSecond;
        await engine.RunAsync(cancellation).ConfigureAwait(false);
        return engine.Progress;
    }

    // Buffers are rented in powers of two.
    private static ulong PoolBytes(ulong chunkBytes, int copies)
    {
        ulong rented = BitOperations.RoundUpToPowerOf2(Math.Max(chunkBytes, 4096));
        return rented * (ulong)copies;
    }
}
