namespace BlockGen.Drivers.Tests.Committing;

/// <summary>A chain of three layers in memory: a base, a QED layer on it, and a longer QED layer on top.</summary>
internal sealed class TestChain
{
    public const int BaseBytes = (2 << 20) + 512;
    public const int TopBytes = 3 << 20;

    private readonly string _baseFormat;

    private TestChain(string baseFormat)
    {
        _baseFormat = baseFormat;
    }

    public MemoryStorage Base { get; } = new(name: "base");

    public MemoryStorage Middle { get; } = new(name: "middle");

    public MemoryStorage Top { get; } = new(name: "top");

    /// <summary>What a guest of the top reads.</summary>
    public byte[] Expected { get; } = new byte[TopBytes];

    public static async Task<TestChain> CreateAsync(string baseFormat, int seed = 1)
    {
        TestChain chain = new(baseFormat);
        await MemoryDisk.FormatAsync(chain.Base, baseFormat, $"size={BaseBytes}");
        BackingLink toBase = new("base", baseFormat);
        await MemoryDisk.FormatAsync(chain.Middle, "qed", "cluster_size=4096,table_size=1,size=1M", toBase);
        BackingLink toMiddle = new("middle", "qed");
        await MemoryDisk.FormatAsync(chain.Top, "qed", $"cluster_size=65536,size={TopBytes}", toMiddle);
        byte[] below = RandomBytes(BaseBytes, seed);
        await using (Image image = await MemoryDisk.OpenAsync(chain.Base, baseFormat))
        {
            await image.WriteAsync(0, below);
        }

        // Past its end the middle layer hides the base.
        below.AsSpan(0, 1 << 20).CopyTo(chain.Expected);
        await chain.ChangeAsync(chain.Middle, seed, 0, 1 << 20);
        await chain.ChangeAsync(chain.Top, seed + 1, 512 << 10, TopBytes);
        return chain;
    }

    public Task<Image> OpenAsync(IStorage? top = null, IStorage? baseStorage = null) =>
        MemoryDisk.OpenAsync(top ?? Top, "qed", new OpenOptions
        {
            Gate = (link, _, _) => ValueTask.FromResult(link.Name == "base" ? baseStorage ?? Base : Middle),
            ProbeBacking = true,
            WritableBacking = _ => true,
        });

    public Task<Image> OpenBaseAsync(IStorage? storage = null) => MemoryDisk.OpenAsync(storage ?? Base, _baseFormat);

    private async Task ChangeAsync(MemoryStorage layer, int seed, int start, int end)
    {
        Random random = new(seed);
        await using Image image = await OpenAsync(layer);
        for (int i = 0; i < 8; i++)
        {
            int length = random.Next(1, 200_000);
            int offset = random.Next(start, end - length);
            byte[] bytes = i % 3 == 2 ? new byte[length] : RandomBytes(length, seed * 100 + i);
            bytes.CopyTo(Expected, offset);
            await (i % 3 == 2 ? image.ZeroAsync(offset, length) : image.WriteAsync(offset, bytes));
        }
    }
}
