namespace BlockGen;

/// <summary>What the generator adds to every driver: its description and how to open an image.</summary>
/// <typeparam name="TSelf">The driver.</typeparam>
public interface IImageFormat<TSelf>
    where TSelf : Image, IImageFormat<TSelf>
{
    /// <summary>The format.</summary>
    static abstract ImageFormat Format { get; }

    /// <summary>Opens an image, without its backing. The image owns the storage when it is returned.</summary>
    static abstract ValueTask<TSelf> OpenAsync(IStorage storage, OpenOptions options, CancellationToken cancellation);
}
