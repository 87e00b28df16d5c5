namespace BlockGen.Cli;

/// <summary>Images that are read one after the other, as one disk; disposing it closes them.</summary>
internal sealed class ImageGroup : IAsyncDisposable
{
    private readonly List<Image> _images = [];

    public IReadOnlyList<Image> Images => _images;

    public IReadOnlyList<ImagePart> Parts => [.. _images.Select(ImagePart.Whole)];

    /// <summary>Bytes of all of them.</summary>
    public ulong Length => Parts.Aggregate(0UL, (sum, part) => checked(sum + part.Range.Length));

    public void Add(Image image) => _images.Add(image);

    public async ValueTask DisposeAsync()
    {
        foreach (Image image in _images)
        {
            await image.DisposeAsync();
        }
    }
}
