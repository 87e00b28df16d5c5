using BlockGen.Concurrency.Tests.Guests;
using BlockGen.Drivers;

namespace BlockGen.Concurrency.Tests.Disks;

/// <summary>A chain of images, and the part of its disk that a scenario is about.</summary>
/// <param name="Formats">The formats, from the base up to the image that guests use.</param>
/// <param name="Length">Bytes of the disk.</param>
/// <param name="Start">Guest offset of the part; on a cluster boundary.</param>
/// <param name="SectorCount">Sectors of the part.</param>
internal sealed record DiskShape(string[] Formats, ulong Length, ulong Start, int SectorCount)
{
    private const int SectorsPerCluster = 8;

    private (MemoryStorage[] Layers, uint[] Initial)? _made;

    public FormatRegistry Registry { get; } = new(DiskFormats.All);

    /// <summary>Bytes of the base; as many as the disk's when 0.</summary>
    public ulong BaseLength { get; init; }

    /// <summary>Copies of the storages, from the base up, and what the part holds.</summary>
    public (MemoryStorage[] Layers, uint[] Initial) Copy()
    {
        (MemoryStorage[] layers, uint[] initial) = _made ?? throw new InvalidOperationException("not made");
        return ([.. layers.Select(layer => layer.Clone())], [.. initial]);
    }

    /// <summary>Makes the images, once, before anything is explored.</summary>
    public async Task MakeAsync() => _made ??= await CreateAllAsync().ConfigureAwait(false);

    public static string LayerName(int layer) => $"layer{layer}";

    private async Task<(MemoryStorage[] Layers, uint[] Initial)> CreateAllAsync()
    {
        MemoryStorage[] layers = new MemoryStorage[Formats.Length];
        uint[] initial = new uint[SectorCount];
        for (int layer = 0; layer < Formats.Length; layer++)
        {
            layers[layer] = new MemoryStorage(name: LayerName(layer));
            await CreateAsync(layers[layer], layer).ConfigureAwait(false);
            OpenOptions options = new() { OpenBacking = false };
            await using Image image = await Registry.OpenAsync(
                layers[layer], Formats[layer], options, CancellationToken.None).ConfigureAwait(false);
            await FillAsync(image, layer, initial).ConfigureAwait(false);
        }

        return (layers, initial);
    }

    private async Task CreateAsync(MemoryStorage storage, int layer)
    {
        ulong length = layer == 0 && BaseLength > 0 ? BaseLength : Length;
        Dictionary<string, string> options = new() { ["size"] = $"{length}" };
        if (Formats[layer] == "qed")
        {
            options["cluster_size"] = "4096";
            options["table_size"] = "1";
        }

        BackingLink? link = layer == 0 ? null : new BackingLink(LayerName(layer - 1), Formats[layer - 1]);
        await Registry.Find(Formats[layer]).CreateAsync!(storage, options, link, CancellationToken.None)
            .ConfigureAwait(false);
    }

    /// <summary>The base has everything, the layers above it every other, every third, … cluster.</summary>
    private async Task FillAsync(Image image, int layer, uint[] initial)
    {
        for (int sector = 0; sector < SectorCount; sector += SectorsPerCluster)
        {
            int cluster = sector / SectorsPerCluster;
            int count = Math.Min(SectorsPerCluster, SectorCount - sector);
            bool isTopAlone = Formats.Length == 1;
            if (isTopAlone ? cluster % 3 != 1 : cluster % (layer * 2 + 1) != layer)
            {
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                initial[sector + i] = (uint)(0x1000000 * (layer + 1) + sector);
            }

            GuestOffset offset = new(Start + (ulong)sector * SectorHistory.SectorBytes);
            await image.WriteAsync(offset, SectorHistory.Fill(initial[sector], count), CancellationToken.None)
                .ConfigureAwait(false);
        }
    }
}
