namespace BlockGen.Testing;

/// <summary>
/// What every driver must do, as tests: derive a public class for xunit from it, and the driver has the whole suite.
/// </summary>
/// <remarks>
/// What a format cannot do is read from its <see cref="ImageFormat"/>: the tests assert then that it is refused in
/// words. A failure names the format, the options the image was created with, and the declaration to look at. Images
/// are created through the format's <c>[Create]</c>, whose options must have a <c>size</c>; formats that can only be
/// read, and images over a lookup method, are not covered.
/// </remarks>
/// <typeparam name="TImage">The driver.</typeparam>
public abstract partial class BlockDriverConformance<TImage>
    where TImage : Image, IImageFormat<TImage>
{
    /// <summary>The driver's format.</summary>
    protected static ImageFormat Format => TImage.Format;

    /// <summary>
    /// Options that images are created with, as <c>-o</c> takes them: every test runs with each of them. The defaults
    /// when not overridden.
    /// </summary>
    protected virtual IReadOnlyList<string> Shapes => [""];

    /// <summary>More options, for the tests of content alone. None when not overridden.</summary>
    protected virtual IReadOnlyList<string> ContentShapes => [];

    /// <summary>Other formats that the driver's backing images may have, to be tested behind it.</summary>
    protected virtual IReadOnlyList<ImageFormat> BackingFormats => [];

    /// <summary>
    /// Bytes of the disks: a multiple of 512 from 2 MiB on. 3 MiB when not overridden; more for a format whose clusters
    /// are larger than 1 MiB.
    /// </summary>
    protected virtual int DiskBytes => 3 << 20;

    /// <summary>
    /// Random disks that each streaming test tries, at least 1: as many as <c>BLOCKGEN_SEEDS</c> says, or 40, when not
    /// overridden. A format without backing images is tried as a base, by a tenth of them.
    /// </summary>
    protected virtual int StreamedDiskCount => Seeds.Count;

    /// <summary>Runs a test with each shape; what it finds is told with the declaration to look at.</summary>
    /// <param name="declaration">Where a driver's author finds the cause.</param>
    /// <param name="test">The test of one shape.</param>
    private protected Task ForEachShapeAsync(string declaration, Func<ImageRecipe, Task> test) =>
        ForEachAsync(Shapes, declaration, test);

    private protected Task ForEachContentShapeAsync(string declaration, Func<ImageRecipe, Task> test) =>
        ForEachAsync(Shapes.Concat(ContentShapes), declaration, test);

    /// <summary>Runs a test of a capability, or asserts that the format refuses it.</summary>
    private protected Task WhereItCanAsync(
        bool canDoIt, string declaration, Func<ImageRecipe, Task> test, Func<ImageRecipe, Task> refusal) =>
        ForEachShapeAsync(declaration, canDoIt ? test : refusal);

    private static async Task ForEachAsync(
        IEnumerable<string> shapes, string declaration, Func<ImageRecipe, Task> test)
    {
        foreach (string options in shapes)
        {
            ImageRecipe recipe = new(Format, options);
            try
            {
                await test(recipe).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                throw new ConformanceException(
                    $"{recipe}: {error.Message.TrimEnd('.')}. Look at {declaration} of {typeof(TImage).Name}.", error);
            }
        }
    }

    private static async Task UseAsync(Task<Image> opening, Func<Image, Task> use)
    {
        Image image = await opening.ConfigureAwait(false);
        await using (image.ConfigureAwait(false))
        {
            await use(image).ConfigureAwait(false);
        }
    }

    /// <summary>An image that is opened again holds these bytes and is sound.</summary>
    private static Task ExpectKeptAsync(Task<Image> opening, byte[] expected, bool mayLeak = false) =>
        UseAsync(opening, async again =>
        {
            await again.ExpectContentAsync(expected).ConfigureAwait(false);
            await again.ExpectSoundAsync(mayLeak).ConfigureAwait(false);
        });

    /// <summary>An image of the driver, or over a full raw image where the driver has backing images.</summary>
    private static async Task<(MemoryStorage Storage, byte[] Content)> CreateOverAsync(
        ImageRecipe recipe, int diskBytes, int seed)
    {
        byte[] below = Format.HasBacking ? ImageExpectations.RandomBytes(diskBytes, seed) : new byte[diskBytes];
        BackingLink? link = Format.HasBacking ? ImageRecipe.LinkBelow : null;
        return (await recipe.CreateAsync((ulong)diskBytes, link).ConfigureAwait(false), below);
    }

    private static string WriteOrderDeclaration =>
        Format.WriteOrder.Length == 0 ? "the storage calls" : $"[WriteOrder] ({Format.WriteOrder})";

    private static string LookupDeclaration => $"the lookup ({Format.Lookup}), [ClusterSize] and [GuestSize]";
}
