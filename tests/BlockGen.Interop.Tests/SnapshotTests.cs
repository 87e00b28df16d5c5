using System.Buffers.Binary;

namespace BlockGen.Interop.Tests;

/// <summary>Snapshots inside qcow2 images: what one side makes the other one reads, applies, changes and deletes.</summary>
public sealed class SnapshotTests
{
    private const int DiskBytes = 5 << 20;
    private const int OperationsPerTurn = 60;

    [Theory]
    [InlineData("", "-c", 1)]
    [InlineData("compat=0.10,cluster_size=4096", "", 2)]
    [InlineData("cluster_size=512", "-c", 3)]
    [InlineData("cluster_size=2M,refcount_bits=64", "", 4)]
    [InlineData("cluster_size=8k,refcount_bits=8,compression_type=zstd", "-c", 5)]
    public async Task Both_sides_make_apply_and_delete_them_in_turn(string options, string compressed, int seed)
    {
        using TempFolder folder = new();
        string plain = folder.File("disk.raw");
        string file = folder.File("disk.qcow2");
        byte[] content = new byte[DiskBytes];
        Disks.RandomBytes(2 << 20, seed).CopyTo(content, 1 << 20);
        await File.WriteAllBytesAsync(plain, content);
        string[] flags = [.. new[] { compressed }.Where(static flag => flag.Length > 0)];
        string[] values = options.Length == 0 ? [] : ["-o", options];
        await Qemu.ImgAsync(["convert", .. flags, "-O", "qcow2", .. values, plain, file]);
        Random random = new(seed);
        MirroredDisk disk = new("qcow2", file, content, random);
        Dictionary<string, byte[]> kept = [];
        for (int round = 0; round < 7; round++)
        {
            await (round % 2 == 0 ? disk.ChangeByUsAsync(OperationsPerTurn) : disk.ChangeByQemuAsync(OperationsPerTurn));
            string name = $"round{round}";
            await ChangeAsync(file, random.Next(2) == 0, "-c", name);
            kept.Add(name, [.. disk.Expected]);
            await disk.ExpectSameAsync();
            if (round % 3 == 2)
            {
                string applied = Any(kept, random);
                await ChangeAsync(file, random.Next(2) == 0, "-a", applied);
                kept[applied].CopyTo(disk.Expected, 0);
                await disk.ExpectSameAsync();
                string deleted = Any(kept, random);
                await ChangeAsync(file, random.Next(2) == 0, "-d", deleted);
                kept.Remove(deleted);
                await disk.ExpectSameAsync();
            }

            await ExpectSnapshotAsync(file, Any(kept, random), kept);
        }

        foreach (string name in kept.Keys)
        {
            await ExpectSnapshotAsync(file, name, kept);
        }
    }

    [Fact]
    public async Task A_snapshot_of_an_overlay_stays_when_that_is_streamed()
    {
        using TempFolder folder = new();
        byte[] content = Disks.RandomBytes(DiskBytes, 6);
        await File.WriteAllBytesAsync(folder.File("base.raw"), content);
        string file = folder.File("overlay.qcow2");
        await Disks.CreateAsync("qcow2", file, $"size={DiskBytes}", new BackingLink("base.raw", "raw"));
        MirroredDisk disk = new("qcow2", file, [.. content], new Random(6));
        await disk.ChangeByUsAsync(OperationsPerTurn);
        await ChangeAsync(file, isOurs: true, "-c", "before");
        byte[] before = [.. disk.Expected];
        await disk.ChangeByUsAsync(OperationsPerTurn);
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await image.StartStream(new StreamOptions()).Completion;
        }

        await disk.ExpectSameAsync();
        await Qemu.ImgAsync("rebase", "-u", "-b", "base.raw", "-F", "raw", file);
        await ExpectSnapshotAsync(file, "before", new() { ["before"] = before });
    }

    [Fact]
    public async Task A_snapshot_of_another_length_brings_its_length_and_the_memory_of_a_machine_back()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, "2G");
        await Qemu.IoAsync("qcow2", file, ["write -P 1 0 64k", "write -P 2 1600M 64k"]);

        // What lies past the end of the disk is the memory of a machine.
        await PatchAsync(file, 24, 512 << 20);
        await ChangeAsync(file, isOurs: true, "-c", "small");
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await image.WriteAsync(new GuestOffset(0), Disks.RandomBytes(70_000, 1), CancellationToken.None);
            await image.ResizeAsync(1 << 30, Preallocation.Off, CancellationToken.None);
        }

        await Qemu.CheckCleanAsync("qcow2", file);
        await ChangeAsync(file, isOurs: true, "-a", "small");
        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.IoAsync("qcow2", file, ["read -P 1 0 64k"]);
        Assert.Contains("(536870912 bytes)", await Qemu.ImgAsync("info", file), StringComparison.Ordinal);
        await PatchAsync(file, 24, 2UL << 30);
        await Qemu.IoAsync("qcow2", file, ["read -P 2 1600M 64k"]);
    }

    [Fact]
    public async Task What_is_known_of_a_machine_stays_when_others_are_made_and_deleted()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, "8M");
        await Qemu.ImgAsync("snapshot", "-c", "machine", file);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int table = (int)BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(64));
        await PatchAsync(file, table + 24, 3_723_004_000_000);
        await PatchAsync(file, table + 40, 123_456_789);
        await PatchAsync(file, table + 56, 42);
        await ChangeAsync(file, isOurs: true, "-c", "other");
        await ChangeAsync(file, isOurs: false, "-c", "third");
        await ChangeAsync(file, isOurs: true, "-d", "other");
        string listed = await Qemu.ImgAsync("snapshot", "-l", file);
        Assert.Matches("1 +machine +118 MiB.* 01:02:03.004 +42\n3 +third", listed);
        await Qemu.CheckCleanAsync("qcow2", file);
    }

    [Fact]
    public async Task Counts_without_room_refuse_a_snapshot_and_nothing_changes()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", "-o", "refcount_bits=1", file, "8M");
        await Qemu.IoAsync("qcow2", file, ["write -P 5 0 1M"]);
        byte[] before = await File.ReadAllBytesAsync(file);
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            ImageException refusal = await Assert.ThrowsAsync<ImageException>(
                async () => await image.Snapshots!.CreateAsync("one", CancellationToken.None));
            Assert.Contains("is counted 1 times: a count has room for 1 at most", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await File.ReadAllBytesAsync(file))[..before.Length]);
        await Qemu.CheckCleanAsync("qcow2", file);
    }

    private static string Any(Dictionary<string, byte[]> kept, Random random) =>
        kept.Keys.Order().ElementAt(random.Next(kept.Count));

    private static async Task ChangeAsync(string file, bool isOurs, string action, string name)
    {
        if (!isOurs)
        {
            await Qemu.ImgAsync("snapshot", action, name, file);
            return;
        }

        await using Image image = await Disks.OpenAsync("qcow2", file);
        IImageSnapshots snapshots = image.Snapshots!;
        IReadOnlyList<ImageSnapshot> all = await snapshots.ListAsync(CancellationToken.None);
        string id = SnapshotName.IdOrName(name).FindIn(all)?.Id ?? "";
        await (action switch
        {
            "-c" => snapshots.CreateAsync(name, CancellationToken.None).AsTask(),
            "-a" => snapshots.ApplyAsync(id, CancellationToken.None).AsTask(),
            _ => snapshots.DeleteAsync(id, CancellationToken.None).AsTask(),
        });
        await image.ExpectCleanAsync();
    }

    private static async Task ExpectSnapshotAsync(string file, string name, Dictionary<string, byte[]> kept)
    {
        string plain = $"{file}.snapshot";
        await Qemu.ImgAsync("convert", "-l", $"snapshot.name={name}", "-f", "qcow2", "-O", "raw", file, plain);
        byte[] found = await File.ReadAllBytesAsync(plain);
        Assert.Equal(kept[name].Length, kept[name].AsSpan().CommonPrefixLength(found));
        OpenOptions options = new()
        {
            ReadOnly = true,
            Snapshot = new SnapshotName(null, name),
            Gate = Disks.OpenBeside,
        };
        await using Image image = await Disks.OpenAsync("qcow2", file, options);
        byte[] ours = await image.ReadAllAsync();
        Assert.Equal(kept[name].Length, kept[name].AsSpan().CommonPrefixLength(ours));
    }

    private static async Task PatchAsync(string file, int offset, ulong value)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(offset), value);
        await File.WriteAllBytesAsync(file, bytes);
    }
}
