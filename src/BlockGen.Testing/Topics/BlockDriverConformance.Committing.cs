namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>
    /// After a commit into an image of the format it alone reads as the chain, whatever guests wrote meanwhile.
    /// </summary>
    [Fact]
    public Task Committing_makes_the_base_read_as_the_chain() =>
        ForEachShapeAsync(LookupDeclaration, async recipe =>
        {
            for (int seed = 1; seed <= 3; seed++)
            {
                CommittedChain chain = await CommittedChain.CreateAsync(recipe, DiskBytes, seed).ConfigureAwait(false);
                await UseAsync(chain.OpenAsync(chain.Base), async image =>
                {
                    CommitJob job = image.StartCommit(new CommitOptions { MaxChunkBytes = 64 << 10 });
                    await chain.WriteMeanwhileAsync(image).ConfigureAwait(false);
                    await job.Completion.ConfigureAwait(false);
                    await image.ExpectContentAsync(chain.Expected).ConfigureAwait(false);
                    await image.StartCommit(new CommitOptions()).Completion.ConfigureAwait(false);
                    image.ExpectIdle();
                }).ConfigureAwait(false);
                await chain.ExpectCommittedAsync(chain.Base).ConfigureAwait(false);
            }
        });

    /// <summary>A power cut of the base leaves the chain as it was, and a second commit completes it.</summary>
    [Fact]
    public Task Committing_through_a_power_cut_is_completed_by_a_second_one() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            const int stateCount = 60;
            CommittedChain chain = await CommittedChain.CreateAsync(recipe, DiskBytes, 1).ConfigureAwait(false);
            PowerCutStorage recording = await PowerCutStorage.StartAsync(chain.Base, CancellationToken.None)
                .ConfigureAwait(false);
            await UseAsync(
                chain.OpenAsync(recording),
                image => image.StartCommit(new CommitOptions { MaxCopies = 2 }).Completion).ConfigureAwait(false);
            PowerCutState[] states = [.. recording.States(mostPerCut: 30, seed: 1)];
            new Random(1).Shuffle(states);
            foreach (PowerCutState state in states.Take(stateCount))
            {
                MemoryStorage cut = recording.Materialize(state);
                await UseAsync(chain.OpenAsync(cut), async image =>
                {
                    await image.ExpectContentAsync(chain.Expected).ConfigureAwait(false);
                    await image.StartCommit(new CommitOptions()).Completion.ConfigureAwait(false);
                }).ConfigureAwait(false);
                await chain.ExpectCommittedAsync(cut).ConfigureAwait(false);
            }
        });
}
