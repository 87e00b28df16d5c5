using BlockGen.Concurrency.Tests.Disks;
using BlockGen.Concurrency.Tests.Exploring;
using BlockGen.Concurrency.Tests.Guests;
using BlockGen.Concurrency.Tests.Support;
using static BlockGen.Concurrency.Tests.Guests.GuestRequest;

namespace BlockGen.Concurrency.Tests.Parts;

/// <summary>
/// Guests write and flush at the same time; then the power is cut at some moment, and the disk must be sound and hold
/// what was flushed.
/// </summary>
internal static class PublishScenarios
{
    private const ulong OneLeafTable = 2 << 20;
    private const int MostStates = 6;

    private static readonly DiskShape s_overlay = new(["raw", "qed"], OneLeafTable + 8192, OneLeafTable - 8192, 32);
    private static readonly DiskShape s_alone = new(["vdi"], 2 << 20, (1 << 20) - 4096, 16);

    public static IEnumerable<Scenario> All =>
    [
        new("publish", () => RunAsync(s_overlay)) { PrepareAsync = s_overlay.MakeAsync },
        new("publish-vdi", () => RunAsync(s_alone)) { PrepareAsync = s_alone.MakeAsync },
    ];

    private static async Task RunAsync(DiskShape shape)
    {
        (MemoryStorage[] layers, uint[] initial) = shape.Copy();
        PowerCutStorage recording = await PowerCutStorage.StartAsync(
            new YieldingStorage(layers[^1]), CancellationToken.None).ConfigureAwait(false);
        List<(int Cut, int Begun)> flushes = [];
        DiskWindow window = new(new SectorHistory(initial), shape.Start)
        {
            Flushed = begun => flushes.Add((recording.Cuts[^1], begun)),
        };
        await using (Image image = await OpenDisk.OpenChainAsync(
            shape, layers, new OpenOptions(), layer => layer == layers[^1] ? recording : layer).ConfigureAwait(false))
        {
            await Actors.RunAsync(Enumerable.Range(1, 3).Select(number => (Func<Task>)(async () =>
            {
                Guest guest = new(image, window, number);
                await guest.WorkAsync(1, Write, Write, Zero).ConfigureAwait(false);
                await guest.WorkAsync(1, Flush, Write).ConfigureAwait(false);
            }))).ConfigureAwait(false);
            await ExpectAfterCutAsync(shape, layers, recording, window, flushes).ConfigureAwait(false);
        }
    }

    private static async Task ExpectAfterCutAsync(
        DiskShape shape, MemoryStorage[] layers, PowerCutStorage recording, DiskWindow window,
        List<(int Cut, int Begun)> flushes)
    {
        int cut = Choice.Among([.. recording.Cuts]);
        PowerCutState[] states = [.. recording.StatesAt(cut, MostStates, Choice.Below(1000))];
        PowerCutState state = Choice.Among(states);
        MemoryStorage[] left = [.. layers.Take(layers.Length - 1), recording.Materialize(state)];
        await using Image image = await OpenDisk.OpenChainAsync(shape, left, new OpenOptions(), layer => layer)
            .ConfigureAwait(false);
        CheckReport report = await image.CheckAsync(CancellationToken.None).ConfigureAwait(false);
        Assert.True(
            report.Errors == 0 || report.Findings.All(finding => finding.Problem is CheckProblem.WrongCount),
            $"{state}: {string.Join("; ", report.Findings)}");
        int begun = flushes.Where(flush => flush.Cut <= cut).Select(flush => flush.Begun).DefaultIfEmpty(0).Max();
        await window.ExpectAsync($"{state}", image, begun).ConfigureAwait(false);
    }
}
