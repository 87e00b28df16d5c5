namespace BlockGen.Tests.Storage;

public sealed class BlockingWorkersTests
{
    [Fact]
    public async Task Calls_that_hang_do_not_hold_up_others()
    {
        BlockingWorkers workers = new(mostThreads: 33);
        using ManualResetEventSlim gate = new();
        Task<bool>[] hanging = [.. Enumerable.Range(0, 32).Select(_ => workers.RunAsync(() => gate.Wait(-1)))];

        Assert.Equal(5, await workers.RunAsync(() => 5));
        Assert.DoesNotContain(hanging, call => call.IsCompleted);

        gate.Set();
        Assert.All(await Task.WhenAll(hanging), Assert.True);
    }

    [Fact]
    public async Task No_more_calls_run_together_than_there_are_threads()
    {
        BlockingWorkers workers = new(mostThreads: 3);
        using CountdownEvent three = new(3);
        int running = 0;
        int most = 0;
        Lock guard = new();

        int Call()
        {
            lock (guard)
            {
                running++;
                most = Math.Max(most, running);
                if (!three.IsSet)
                {
                    three.Signal();
                }
            }

            three.Wait();
            lock (guard)
            {
                return running--;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => workers.RunAsync(Call)));

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task An_error_reaches_the_caller_and_the_thread_goes_on()
    {
        BlockingWorkers workers = new(mostThreads: 1);

        IOException error = await Assert.ThrowsAsync<IOException>(
            () => workers.RunAsync<int>(() => throw new IOException("broken")));

        Assert.Equal("broken", error.Message);
        Assert.Equal(1, await workers.RunAsync(() => 1));
    }
}
