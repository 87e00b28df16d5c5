namespace BlockGen.Tests.Copying;

public sealed class CopyScannerTests
{
    [Fact]
    public async Task Neighbouring_runs_of_data_become_one_chunk() =>
        Assert.Equal(
            "copy 0+40, skip 40+60",
            await ScanAsync(length: 100, granularity: 10, max: 50, "copy 10, copy 20, copy 10, skip 60"));

    [Fact]
    public async Task A_long_run_is_cut_into_chunks_of_whole_clusters() =>
        Assert.Equal(
            "copy 0+20, copy 20+20, copy 40+20, copy 60+3",
            await ScanAsync(length: 63, granularity: 10, max: 25, "copy 63"));

    [Fact]
    public async Task A_cluster_is_never_cut_even_where_it_is_larger_than_a_chunk() =>
        Assert.Equal("copy 0+64, copy 64+36", await ScanAsync(length: 100, granularity: 64, max: 1, "copy 100"));

    [Fact]
    public async Task A_cluster_of_unlike_runs_is_copied() =>
        Assert.Equal(
            "zero 0+10, copy 10+10, skip 20+80",
            await ScanAsync(length: 100, granularity: 10, max: 50, "zero 13, skip 87"));

    [Fact]
    public async Task Runs_smaller_than_a_cluster_are_put_together() =>
        Assert.Equal(
            "zero 0+10, copy 10+20, skip 30+5",
            await ScanAsync(
                length: 35, granularity: 10, max: 50,
                "zero 3, zero 7, zero 2, copy 1, zero 3, skip 4, copy 10, skip 5"));

    [Fact]
    public async Task A_run_to_skip_is_never_cut() =>
        Assert.Equal("skip 0+1000000", await ScanAsync(length: 1_000_000, granularity: 10, max: 20, "skip 1000000"));

    [Fact]
    public async Task An_error_further_on_does_not_lose_what_was_found_before()
    {
        ScriptedPolicy policy = new(100, 10, Parse("copy 30, fail 10, copy 60"));
        CopyScanner scanner = new(policy);

        CopyRun before = await scanner.NextAsync(50, 50, CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(() => scanner.NextAsync(50, 50, CancellationToken.None).AsTask());
        ulong passedOver = scanner.PassOver();
        CopyRun after = await scanner.NextAsync(100, 50, CancellationToken.None);

        Assert.Equal(new GuestRange(0, 30), before.Range);
        Assert.Equal(10ul, passedOver);
        Assert.Equal(new GuestRange(40, 60), after.Range);
        Assert.True(scanner.IsAtEnd);
    }

    private static async Task<string> ScanAsync(ulong length, ulong granularity, ulong max, string runs)
    {
        CopyScanner scanner = new(new ScriptedPolicy(length, granularity, Parse(runs)));
        List<string> chunks = [];
        while (!scanner.IsAtEnd)
        {
            CopyRun chunk = await scanner.NextAsync(max, max, CancellationToken.None);
            chunks.Add($"{chunk.Action.ToString().ToLowerInvariant()} {chunk.Range.Start.Value}+{chunk.Range.Length}");
        }

        return string.Join(", ", chunks);
    }

    private static List<(CopyAction? Action, ulong Length)> Parse(string runs) => [.. runs.Split(", ").Select(run =>
    {
        string[] words = run.Split(' ');
        CopyAction? action = Enum.TryParse(words[0], ignoreCase: true, out CopyAction parsed) ? parsed : null;
        return (action, ulong.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
    })];

    /// <summary>A disk whose runs are written down; one without an action cannot be scanned.</summary>
    private sealed class ScriptedPolicy(ulong length, ulong granularity, List<(CopyAction? Action, ulong Length)> runs)
        : ICopyPolicy
    {
        public ulong Length => length;

        public ulong Granularity => granularity;

        public ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation)
        {
            ulong start = 0;
            foreach ((CopyAction? action, ulong runLength) in runs)
            {
                if (range.Start.Value < start + runLength)
                {
                    ulong end = Math.Min(start + runLength, range.End);
                    return action is { } known
                        ? ValueTask.FromResult(new CopyRun(new GuestRange(range.Start, end - range.Start.Value), known))
                        : throw StorageErrors.InputOutput("scripted", "scan");
                }

                start += runLength;
            }

            throw new InvalidOperationException($"nothing is written down for {range}");
        }

        public bool TryClaim(GuestRange range, out RangeTicket claim) => throw new NotSupportedException();

        public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
