namespace BlockGen.Interop.Tests;

/// <summary>
/// A power cut while snapshots are made, applied and deleted loses nothing of them: QEMU lowers counts that are too
/// high, sets the marks that follow from them, and finds nothing else.
/// </summary>
public sealed class SnapshotPowerCutTests
{
    private const int DiskBytes = 3 << 20;
    private const int StateCount = 25;

    [Theory]
    [InlineData("", 1)]
    [InlineData("cluster_size=512,refcount_bits=64", 2)]
    [InlineData("cluster_size=4096,compat=0.10", 3)]
    [InlineData("cluster_size=16384,lazy_refcounts=on", 4)]
    public async Task Every_snapshot_that_is_listed_shows_what_it_kept(string options, int seed)
    {
        using TempFolder folder = new();
        string file = folder.File("cut");
        await Disks.CreateAsync("qcow2", file, $"{options},size={DiskBytes}");
        MemoryStorage disk = new(await File.ReadAllBytesAsync(file), "cut");
        PowerCutStorage storage = await PowerCutStorage.StartAsync(disk, CancellationToken.None);
        byte[] kept = Disks.RandomBytes(300_000, seed);
        Dictionary<string, byte[]> snapshots = [];
        int flushedAt = await WorkAsync(storage, kept, snapshots);
        PowerCutState[] states = [.. storage.States(mostPerCut: 4, seed)];
        new Random(seed).Shuffle(states);
        Assert.True(states.Length >= StateCount, $"only {states.Length} states");
        foreach (PowerCutState state in states.Take(StateCount))
        {
            await File.WriteAllBytesAsync(file, storage.Materialize(state).ToArray());
            await ExpectRepairableAsync(file, state);
            await using Image image = await Disks.OpenAsync("qcow2", file);
            if (state.Cut >= flushedAt)
            {
                Assert.Equal(kept.Length, (await image.ReadAllAsync()).AsSpan().CommonPrefixLength(kept));
            }

            await ExpectSnapshotsAsync(image, state, snapshots);

            // What is changed now must not be a snapshot's.
            await image.WriteAsync(new GuestOffset(100_000), new byte[1_500_000], CancellationToken.None);
            await image.FlushAsync(CancellationToken.None);
            await ExpectSnapshotsAsync(image, state, snapshots);

            // A count of space past the end of the file is a leak, once the file reaches there.
            Assert.Empty((await image.CheckAsync(CancellationToken.None)).Findings);
        }
    }

    private static async Task ExpectRepairableAsync(string file, PowerCutState state)
    {
        (_, string said) = await Qemu.RunAsync("qemu-img", "", "check", "-f", "qcow2", file);
        Assert.All(
            said.Split('\n').Where(line => line.StartsWith("ERROR", StringComparison.Ordinal)),
            line => Assert.StartsWith("ERROR OFLAG_COPIED", line, StringComparison.Ordinal));
        (int exitCode, string repaired) = await Qemu.RunAsync(
            "qemu-img", "", "check", "-r", "leaks", "-f", "qcow2", file);
        Assert.True(exitCode == 0, $"{state}: {repaired}");
        await Qemu.CheckCleanAsync("qcow2", file);
    }

    private static async Task ExpectSnapshotsAsync(Image image, PowerCutState state, Dictionary<string, byte[]> expected)
    {
        foreach (ImageSnapshot snapshot in await image.Snapshots!.ListAsync(CancellationToken.None))
        {
            OpenOptions options = new() { ReadOnly = true, Snapshot = new SnapshotName(snapshot.Id, null) };
            FormatRegistry formats = new(Drivers.DiskFormats.All);
            MemoryStorage copy = new(await ReadFileAsync(image.Storage), "copy");
            await using Image shown = await formats.OpenAsync(copy, "qcow2", options, CancellationToken.None);
            int same = (await shown.ReadAllAsync()).AsSpan().CommonPrefixLength(expected[snapshot.Name]);
            Assert.True(same == DiskBytes, $"{state}: byte {same} of snapshot {snapshot.Name} differs");
        }
    }

    private static async Task<byte[]> ReadFileAsync(IStorage storage)
    {
        byte[] bytes = new byte[storage.Length];
        await storage.ReadAsync(new HostOffset(0), bytes, CancellationToken.None);
        return bytes;
    }

    /// <summary>Returns the moment from which on the first bytes must stay.</summary>
    private static async Task<int> WorkAsync(PowerCutStorage storage, byte[] kept, Dictionary<string, byte[]> expected)
    {
        FormatRegistry formats = new(Drivers.DiskFormats.All);
        await using Image image = await formats.OpenAsync(storage, "qcow2", new OpenOptions(), CancellationToken.None);
        IImageSnapshots snapshots = image.Snapshots!;
        await image.WriteAsync(new GuestOffset(0), kept, CancellationToken.None);
        await image.FlushAsync(CancellationToken.None);
        int flushedAt = storage.Cuts[^1];
        foreach (string name in (string[])["one", "two", "three"])
        {
            await WriteSomeAsync(image, expected.Count);
            expected.Add(name, await image.ReadAllAsync());
            await snapshots.CreateAsync(name, CancellationToken.None);
        }

        await WriteSomeAsync(image, 3);
        await snapshots.ApplyAsync("2", CancellationToken.None);
        await WriteSomeAsync(image, 4);
        await image.FlushAsync(CancellationToken.None);
        await snapshots.DeleteAsync("1", CancellationToken.None);
        await WriteSomeAsync(image, 5);
        await snapshots.DeleteAsync("3", CancellationToken.None);
        return flushedAt;
    }

    private static async Task WriteSomeAsync(Image image, int seed)
    {
        for (int i = 4; i < 12; i++)
        {
            await image.WriteAsync(
                new GuestOffset((ulong)i * 200_000), Disks.RandomBytes(30_000, seed * 100 + i), CancellationToken.None);
        }

        await image.WriteZeroesAsync(new GuestRange(900_000, 70_000), ZeroMode.MayUnmap, CancellationToken.None);
        await image.DiscardAsync(new GuestRange(1_400_000, 70_000), CancellationToken.None);
    }
}
