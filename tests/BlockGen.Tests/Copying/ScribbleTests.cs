namespace BlockGen.Tests.Copying;

/// <summary>
/// A guest may overwrite the buffer it reads into at any moment. Nothing of that may reach the disk: the second test
/// stores from the guest's buffer on purpose and shows that the first would notice.
/// </summary>
public sealed class ScribbleTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 256 << 10;

    [Fact]
    public async Task Scribbling_never_changes_the_image()
    {
        await using SparseImage overlay = new(DiskBytes, Cluster, new OpenOptions { CopyOnRead = true });

        Assert.Equal(0, await CountScribbledClustersAsync(overlay));
    }

    [Fact]
    public async Task Without_the_bounce_buffer_scribbles_reach_the_image()
    {
        await using SparseImage overlay = new WithoutBounceBuffer(DiskBytes, Cluster);

        Assert.NotEqual(0, await CountScribbledClustersAsync(overlay));
    }

    /// <summary>Reads every cluster, scribbling before completion or after it; then looks at what was kept.</summary>
    private static async Task<int> CountScribbledClustersAsync(SparseImage overlay)
    {
        byte[] content = Disks.Bytes(1, DiskBytes);
        SparseImage backing = new(DiskBytes, Cluster);
        backing.Set(0, content);
        overlay.AttachBacking(backing);
        for (int at = 0; at < DiskBytes; at += (int)Cluster)
        {
            await ReadAndScribbleAsync(overlay, backing, at, scribblesEarly: at / (int)Cluster % 2 == 0);
        }

        Assert.Equal(DiskBytes / (int)Cluster, overlay.AllocatedClusters);
        byte[] kept = await Disks.ReadAllAsync(overlay);
        return content.Chunk((int)Cluster).Zip(kept.Chunk((int)Cluster)).Count(
            pair => !pair.First.AsSpan().SequenceEqual(pair.Second));
    }

    private static async Task ReadAndScribbleAsync(
        SparseImage overlay, SparseImage backing, int at, bool scribblesEarly)
    {
        byte[] buffer = new byte[Cluster];
        TaskCompletionSource scribbled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        overlay.BeforeStore = async (_, _) => await scribbled.Task;
        backing.BeforeRead = (_, _) =>
        {
            if (scribblesEarly)
            {
                buffer.AsSpan().Fill(0xEE);
            }

            return ValueTask.CompletedTask;
        };

        // The store waits until the guest has scribbled, so the worst moment is hit every time.
        await overlay.ReadAsync(new GuestOffset((ulong)at), buffer, CancellationToken.None);
        buffer.AsSpan().Fill(0xDD);
        scribbled.SetResult();
        await overlay.SettleCopyOnReadAsync(CancellationToken.None);
        using (await overlay.Tracker.EnterAsync(
            new GuestRange((ulong)at, Cluster), RangeAccess.Claim, CancellationToken.None))
        {
            backing.BeforeRead = null;
        }
    }

    /// <summary>Copy-on-read as it must not be: what is stored comes out of the guest's buffer.</summary>
    private sealed class WithoutBounceBuffer(ulong length, ulong clusterBytes) : SparseImage(length, clusterBytes)
    {
        private protected override async ValueTask ReadUnallocatedAsync(
            Image? backing, GuestRange range, GuestReadBuffer target, CancellationToken cancellation)
        {
            await ReadPaddedAsync(backing, range, target, cancellation);
            Assert.True(Tracker.TryEnter(range, RangeAccess.Claim, out RangeTicket claim));
            _ = StoreAsync(range, target, claim);
        }

        private async Task StoreAsync(GuestRange range, GuestReadBuffer source, RangeTicket claim)
        {
            using (claim)
            {
                await StoreIfUnallocatedAsync(range, source.DangerousGetMemory(), CancellationToken.None);
            }
        }
    }
}
