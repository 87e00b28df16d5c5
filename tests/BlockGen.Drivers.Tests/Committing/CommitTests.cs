namespace BlockGen.Drivers.Tests.Committing;

/// <summary>After a commit the base alone reads as the whole chain, which reads as before.</summary>
public sealed class CommitTests
{
    [Theory]
    [InlineData("raw")]
    [InlineData("qed")]
    [InlineData("vdi")]
    public async Task The_base_reads_as_the_chain_did(string baseFormat)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            TestChain chain = await TestChain.CreateAsync(baseFormat, seed);
            await using (Image image = await chain.OpenAsync())
            {
                CommitJob job = image.StartCommit(new CommitOptions
                {
                    Base = image.Layers.Last(),
                    MaxChunkBytes = 128 << 10,
                });
                await job.Completion;
                Assert.Equal(job.Progress.Total, job.Progress.Offset);
                await image.ExpectContentAsync(chain.Expected);
                image.ExpectIdle();
            }

            await using Image alone = await chain.OpenBaseAsync();
            await alone.ExpectContentAsync(chain.Expected);
            await alone.ExpectSoundAsync();
        }
    }

    [Fact]
    public async Task The_backing_image_is_the_base_when_none_is_named()
    {
        TestChain chain = await TestChain.CreateAsync("raw");
        byte[] before = chain.Base.ToArray();
        await using (Image image = await chain.OpenAsync())
        {
            await image.StartCommit(new CommitOptions()).Completion;
        }

        Assert.Equal(before, chain.Base.ToArray());
        await using Image middle = await chain.OpenAsync(chain.Middle);
        await middle.ExpectContentAsync(chain.Expected);
        await middle.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_guest_that_writes_meanwhile_reads_what_it_wrote()
    {
        TestChain chain = await TestChain.CreateAsync("raw");
        await using Image image = await chain.OpenAsync();
        CommitJob job = image.StartCommit(new CommitOptions { Base = image.Layers.Last(), MaxChunkBytes = 64 << 10 });
        Random random = new(1);
        for (int i = 0; i < 40; i++)
        {
            int length = random.Next(1, 100_000);
            int offset = random.Next(TestChain.TopBytes - length);
            RandomBytes(length, i).CopyTo(chain.Expected, offset);
            await image.WriteAsync(offset, chain.Expected.AsMemory(offset, length));
        }

        await job.Completion;
        await image.ExpectContentAsync(chain.Expected);
        await image.StartCommit(new CommitOptions { Base = image.Layers.Last() }).Completion;
        await using Image alone = await chain.OpenBaseAsync();
        await alone.ExpectContentAsync(chain.Expected);
    }

    [Fact]
    public async Task A_power_cut_leaves_the_chain_as_it_was_and_a_second_commit_completes_it()
    {
        TestChain chain = await TestChain.CreateAsync("vdi");
        PowerCutStorage storage = await PowerCutStorage.StartAsync(chain.Base, CancellationToken.None);
        await using (Image image = await chain.OpenAsync(chain.Top, storage))
        {
            await image.StartCommit(new CommitOptions { Base = image.Layers.Last(), MaxCopies = 2 }).Completion;
        }

        PowerCutState[] states = [.. storage.States(mostPerCut: 30, seed: 1)];
        new Random(1).Shuffle(states);
        foreach (PowerCutState state in states.Take(60))
        {
            MemoryStorage cut = storage.Materialize(state);
            await using (Image image = await chain.OpenAsync(chain.Top, cut))
            {
                await image.ExpectContentAsync(chain.Expected);
                await image.StartCommit(new CommitOptions { Base = image.Layers.Last() }).Completion;
            }

            await using Image alone = await chain.OpenBaseAsync(cut);
            await alone.ExpectContentAsync(chain.Expected);
            await alone.ExpectSoundAsync(mayLeak: true);
        }
    }

    [Fact]
    public async Task Every_failing_request_of_the_base_ends_the_job_and_leaves_the_chain_as_it_was()
    {
        bool wasHit = true;
        int failing = 0;
        for (; wasHit; failing++)
        {
            wasHit = false;
            TestChain chain = await TestChain.CreateAsync("qed");
            FaultStorage storage = new(chain.Base);
            await using Image image = await chain.OpenAsync(baseStorage: storage);
            int left = failing;
            storage.Rule = _ => Interlocked.Decrement(ref left) == -1
                ? (wasHit = true, Fault.InputOutput).InputOutput
                : null;
            CommitJob job = image.StartCommit(new CommitOptions { Base = image.Layers.Last(), MaxCopies = 1 });
            await job.Completion.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            storage.Rule = null;
            Assert.Equal(wasHit, job.Completion.IsFaulted);
            await image.ExpectContentAsync(chain.Expected);
            await image.StartCommit(new CommitOptions { Base = image.Layers.Last() }).Completion;
            await using Image alone = await chain.OpenBaseAsync();
            await alone.ExpectContentAsync(chain.Expected);
        }

        Assert.True(failing > 10, $"only {failing} requests were made to fail");
    }

    [Fact]
    public async Task What_cannot_be_committed_is_told()
    {
        TestChain chain = await TestChain.CreateAsync("raw");
        await using Image alone = await chain.OpenBaseAsync();
        Assert.Throws<ImageException>(() => alone.StartCommit(new CommitOptions()));
        await using Image image = await chain.OpenAsync();
        Assert.Throws<ImageException>(() => image.StartCommit(new CommitOptions { Base = alone }));
        Assert.Throws<ImageException>(() => image.StartCommit(new CommitOptions { Base = image }));
        await using Image readOnly = await MemoryDisk.OpenOverAsync(
            await MemoryDisk.CreateAsync("qed", "size=1M", new BackingLink("below", "raw")), "qed", new byte[1 << 20]);
        Assert.Throws<IOException>(() => readOnly.StartCommit(new CommitOptions()));
    }
}
