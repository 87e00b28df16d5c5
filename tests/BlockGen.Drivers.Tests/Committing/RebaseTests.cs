namespace BlockGen.Drivers.Tests.Committing;

/// <summary>An image on another backing image reads as before.</summary>
public sealed class RebaseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task On_none(int seed) => await RebaseAsync(seed, (_, _) => new RebaseOptions());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task On_a_layer_of_its_own_chain(int seed) => await RebaseAsync(seed, (image, _) => new RebaseOptions
    {
        Backing = image.Layers.Last(),
        Link = new BackingLink("base", "raw"),
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task On_another_disk(int seed) => await RebaseAsync(seed, (_, other) => new RebaseOptions
    {
        Backing = other,
        Link = new BackingLink("other", "raw"),
        MaxChunkBytes = 128 << 10,
    });

    [Fact]
    public async Task What_both_disks_hold_is_not_copied()
    {
        TestChain chain = await TestChain.CreateAsync("raw");
        await using Image image = await chain.OpenAsync();
        byte[] same = [.. chain.Expected];
        same[5000] ^= 1;
        Image other = await MemoryDisk.OpenAsync(new MemoryStorage(same, "other"), "raw");
        BackingLink link = new("other", "raw");
        RebaseJob job = image.StartRebase(new RebaseOptions { Backing = other, Link = link });
        await job.Completion;
        Assert.Equal(image.ClusterBytes, job.Progress.CopiedBytes);
        Assert.Equal(link, image.BackingLink);
        Assert.Equal(other, image.Backing);
        await image.ExpectContentAsync(chain.Expected);
    }

    [Fact]
    public async Task A_guest_that_writes_meanwhile_is_not_overwritten()
    {
        TestChain chain = await TestChain.CreateAsync("raw");
        await using Image image = await chain.OpenAsync();
        RebaseJob job = image.StartRebase(new RebaseOptions { MaxChunkBytes = 64 << 10 });
        Random random = new(1);
        for (int i = 0; i < 40; i++)
        {
            int length = random.Next(1, 100_000);
            int offset = random.Next(TestChain.TopBytes - length);
            RandomBytes(length, i).CopyTo(chain.Expected, offset);
            await image.WriteAsync(offset, chain.Expected.AsMemory(offset, length));
        }

        await job.Completion;
        Assert.Null(image.Backing);
        await image.ExpectContentAsync(chain.Expected);
        await image.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_cancelled_job_leaves_the_old_backing_image()
    {
        TestChain chain = await TestChain.CreateAsync("raw");
        await using Image image = await chain.OpenAsync();
        RebaseJob job = image.StartRebase(new RebaseOptions { SpeedBytesPerSecond = 1, MaxChunkBytes = 64 << 10 });
        await job.CancelAsync();
        Assert.True(job.Completion.IsCanceled);
        Assert.Equal("middle", image.BackingLink?.Name);
        await image.ExpectContentAsync(chain.Expected);
        await image.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_power_cut_leaves_one_link_or_the_other_and_the_content()
    {
        TestChain chain = await TestChain.CreateAsync("raw");
        PowerCutStorage storage = await PowerCutStorage.StartAsync(chain.Top, CancellationToken.None);
        await using (Image image = await chain.OpenAsync(storage))
        {
            await image.StartRebase(new RebaseOptions { MaxCopies = 2 }).Completion;
        }

        PowerCutState[] states = [.. storage.States(mostPerCut: 30, seed: 1)];
        new Random(1).Shuffle(states);
        foreach (PowerCutState state in states.Take(100))
        {
            await using Image image = await chain.OpenAsync(storage.Materialize(state));
            await image.ExpectContentAsync(chain.Expected);
            await image.ExpectSoundAsync(mayLeak: true);
        }
    }

    [Fact]
    public async Task A_format_without_backing_files_is_refused()
    {
        await using Image image = await MemoryDisk.OpenAsync(await MemoryDisk.CreateAsync("vdi", "size=1M"), "vdi");
        Assert.Throws<NotSupportedException>(() => image.StartRebase(new RebaseOptions()));
    }

    private static async Task RebaseAsync(int seed, Func<Image, Image, RebaseOptions> choose)
    {
        TestChain chain = await TestChain.CreateAsync("raw", seed);
        byte[] otherBytes = RandomBytes(TestChain.BaseBytes + 4096, seed + 7);
        await using Image other = await MemoryDisk.OpenAsync(new MemoryStorage(otherBytes, "other"), "raw");
        BackingLink? link;
        await using (Image image = await chain.OpenAsync())
        {
            RebaseOptions options = choose(image, other);
            await image.StartRebase(options).Completion;
            link = options.Link;
            Assert.Equal(options.Backing, image.Backing);
            await image.ExpectContentAsync(chain.Expected);
            await image.ExpectSoundAsync();
            image.ExpectIdle();
        }

        await using Image again = await MemoryDisk.OpenAsync(chain.Top, "qed", new OpenOptions
        {
            Gate = (_, _, _) => ValueTask.FromResult<IStorage>(
                link?.Name == "base" ? chain.Base : new MemoryStorage(otherBytes, "other")),
        });
        Assert.Equal(link, again.BackingLink);
        await again.ExpectContentAsync(chain.Expected);
    }
}
