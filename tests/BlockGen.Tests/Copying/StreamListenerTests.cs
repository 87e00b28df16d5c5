namespace BlockGen.Tests.Copying;

/// <summary>Listeners that throw: the job ends with their error, and no copy is lost.</summary>
public sealed class StreamListenerTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 8 << 20;

    [Theory]
    [InlineData(JobState.Running)]
    [InlineData(JobState.Paused)]
    [InlineData(JobState.Concluded)]
    public async Task The_job_ends_with_the_error_of_its_listener(JobState thrownIn)
    {
        using Disk disk = new() { Fails = thrownIn is JobState.Paused };
        StreamJob job = disk.Overlay.StartStream(new StreamOptions { OnError = ErrorPolicy.Stop });
        job.Changed += (_, _) => ThrowIn(thrownIn, job);
        disk.Go();

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => job.Completion);

        Assert.Equal("the listener's", error.Message);
        Assert.Equal(JobState.Concluded, job.State);
        await disk.StreamAgainAsync();
    }

    [Fact]
    public async Task A_cancelled_job_ends_although_its_listener_throws()
    {
        using Disk disk = new();
        StreamJob job = disk.Overlay.StartStream(new StreamOptions());
        job.Changed += (_, _) => throw new InvalidOperationException("the listener's");

        // The state changes on the caller's thread, so the caller hears of it.
        Assert.Throws<InvalidOperationException>(job.Cancel);
        disk.Go();
        await Assert.ThrowsAnyAsync<Exception>(() => job.Completion);

        Assert.Equal(JobState.Concluded, job.State);
        await disk.StreamAgainAsync();
    }

    [Fact]
    public async Task A_listener_that_resumes_and_then_throws_loses_no_copy()
    {
        using Disk disk = new() { Fails = true };
        StreamJob job = disk.Overlay.StartStream(new StreamOptions { OnError = ErrorPolicy.Stop });
        job.Changed += (_, _) =>
        {
            if (job.State is JobState.Paused)
            {
                disk.Fails = false;
                job.Resume();
                throw new InvalidOperationException("the listener's");
            }
        };
        disk.Go();

        await Assert.ThrowsAsync<InvalidOperationException>(() => job.Completion);

        Assert.NotNull(disk.Overlay.BackingLink);
        await disk.StreamAgainAsync();
    }

    private static void ThrowIn(JobState state, StreamJob job)
    {
        if (job.State == state)
        {
            throw new InvalidOperationException("the listener's");
        }
    }

    /// <summary>An empty overlay over a full base that answers no read before it may.</summary>
    private sealed class Disk : IDisposable
    {
        private readonly byte[] _content = Disks.Bytes(1, DiskBytes);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SparseImage _backing = new(DiskBytes, Cluster, name: "backing");

        public Disk()
        {
            _backing.Set(0, _content);
            _backing.BeforeRead = async (_, _) =>
            {
                await _go.Task;
                if (Fails)
                {
                    throw new IOException("no read succeeds");
                }
            };
            Overlay.AttachBacking(_backing);
        }

        public SparseImage Overlay { get; } =
            new(DiskBytes, Cluster, name: "overlay") { Link = new BackingLink("backing", "sparse") };

        public volatile bool Fails;

        public void Go() => _go.SetResult();

        /// <summary>A second stream, without a listener, leaves every byte in the overlay.</summary>
        public async Task StreamAgainAsync()
        {
            Fails = false;
            if (Overlay.BackingLink is not null)
            {
                await Overlay.StartStream(new StreamOptions()).Completion;
            }

            byte[] found = new byte[DiskBytes];
            await Overlay.ReadAsync(new GuestOffset(0), found, CancellationToken.None);
            Assert.Equal(_content, found);
            await Overlay.DisposeAsync();
        }

        public void Dispose() => _go.TrySetResult();
    }
}
