namespace BlockGen.Drivers.Tests.Repairing;

/// <summary>Every class of damage is found, named and repaired; what it did not touch stays.</summary>
public sealed class RepairTests
{
    public static TheoryData<string, string> Damages
    {
        get
        {
            TheoryData<string, string> damages = [];
            foreach (string damage in QedDamage.Kinds.Keys)
            {
                damages.Add("qed", damage);
            }

            foreach (string damage in VdiDamage.Kinds.Keys)
            {
                damages.Add("vdi", damage);
            }

            return damages;
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_named_and_repaired_and_the_disk_goes_on(string format, string damage)
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync(format, damage);
        await using (Image image = await disk.OpenAsync())
        {
            RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
            Assert.False(report.Found.IsClean);
            IEnumerable<CheckProblem> found = report.Found.Findings.Select(finding => finding.Problem);
            Assert.Equal(DamagedDisk.ProblemsOf(format, damage).Order(), found.Order());
            Assert.True(report.Left.IsClean, string.Join('\n', report.Left.Findings));
            Assert.Equal((report.Found.Errors, report.Found.Leaks), (report.ErrorsFixed, report.LeaksFixed));
            await image.ExpectContentAsync(disk.Content);
            image.ExpectIdle();
        }

        await disk.ExpectRepairedAsync(new MemoryStorage(disk.Storage.ToArray(), "copy"));
        await ExpectNothingLeftToDoAsync(disk);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Leaks_alone_are_given_back_unless_something_else_is_wrong(string format, string damage)
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync(format, damage);
        byte[] before = disk.Storage.ToArray();
        await using Image image = await disk.OpenAsync();
        RepairReport report = await image.RepairAsync(RepairKind.Leaks, CancellationToken.None);
        bool isWrong = DamagedDisk.ProblemsOf(format, damage).Any(problem => problem is not CheckProblem.WrongCount);
        if (isWrong || report.Found.Leaks == 0)
        {
            Assert.Equal(report.Found.Errors, report.Left.Errors);
            Assert.Equal(before, disk.Storage.ToArray());
            return;
        }

        Assert.True(report.Left.IsClean);
        Assert.True(disk.Storage.Length < (ulong)before.Length);
        await image.ExpectContentAsync(disk.Content);
    }

    [Fact]
    public async Task The_dirty_mark_goes_when_a_check_finds_no_error()
    {
        foreach (string damage in (string[])["leak", "cluster outside", "two entries for one cluster"])
        {
            DamagedDisk disk = await DamagedDisk.CreateAsync("qed", damage);
            MarkDirty(disk.Storage);
            await using (Image image = await disk.OpenAsync())
            {
                await image.RepairAsync(RepairKind.Leaks, CancellationToken.None);
                Assert.Equal(damage != "leak", image.IsDirty);
                await image.RepairAsync(RepairKind.All, CancellationToken.None);
                Assert.False(image.IsDirty);
            }

            await disk.ExpectRepairedAsync(disk.Storage);
        }
    }

    [Fact]
    public async Task A_sound_image_with_a_dirty_mark_loses_the_mark_and_nothing_else()
    {
        DamagedDisk disk = await DamagedDisk.CreateQedAsync(_ => { });
        byte[] clean = disk.Storage.ToArray();
        MarkDirty(disk.Storage);
        await using Image image = await disk.OpenAsync();
        RepairReport report = await image.RepairAsync(RepairKind.Leaks, CancellationToken.None);
        Assert.Same(report.Found, report.Left);
        Assert.Equal(clean, disk.Storage.ToArray());
    }

    [Fact]
    public async Task What_a_guest_has_not_flushed_yet_survives_a_repair()
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync("qed", "leaks everywhere");
        byte[] written = RandomBytes(30_000, 5);
        await using (Image image = await disk.OpenAsync())
        {
            await image.WriteAsync(3_000_000, written);
            await image.RepairAsync(RepairKind.All, CancellationToken.None);
            await image.WriteAsync(4_000_000, written);
        }

        written.CopyTo(disk.Content, 3_000_000);
        written.CopyTo(disk.Content, 4_000_000);
        await disk.ExpectRepairedAsync(disk.Storage);
    }

    [Fact]
    public async Task An_image_that_is_open_read_only_is_refused()
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync("qed", "leak");
        OpenOptions options = new() { ReadOnly = true, OpenBacking = false };
        await using Image image = await MemoryDisk.OpenAsync(disk.Storage, "qed", options);
        IOException error = await Assert.ThrowsAsync<IOException>(
            () => image.RepairAsync(RepairKind.All, CancellationToken.None).AsTask());
        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_is_alone()
    {
        DamagedDisk disk = await DamagedDisk.CreateAsync("qed", "leak");
        FaultStorage storage = new(disk.Storage);
        await using Image image = await disk.OpenAsync(storage);
        storage.Rule = FaultRules.On(StorageOperation.Write, Fault.Hang);
        Task<RepairReport> repair = image.RepairAsync(RepairKind.All, CancellationToken.None).AsTask();
        await storage.WaitForHangAsync(1, CancellationToken.None);
        Assert.Throws<ImageException>(() => image.StartStream(new StreamOptions()));
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => image.RepairAsync(RepairKind.All, CancellationToken.None).AsTask());
        Assert.Contains("is being repaired", error.Message, StringComparison.Ordinal);
        storage.Rule = null;
        storage.Release();
        Assert.True((await repair).Left.IsClean);
        await image.StartStream(new StreamOptions()).Completion;
        await image.ExpectContentAsync(disk.Content);
    }

    [Fact]
    public async Task A_format_without_tables_is_refused()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("raw", "size=1M");
        await using Image image = await MemoryDisk.OpenAsync(storage, "raw");
        await Assert.ThrowsAsync<NotSupportedException>(
            () => image.RepairAsync(RepairKind.All, CancellationToken.None).AsTask());
    }

    private static async Task ExpectNothingLeftToDoAsync(DamagedDisk disk)
    {
        byte[] before = disk.Storage.ToArray();
        await using Image image = await disk.OpenAsync(ignoresDirtyMark: false);
        RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
        Assert.True(report.Found.IsClean);
        Assert.Equal(before, disk.Storage.ToArray());
    }

    private static void MarkDirty(MemoryStorage storage) => storage.Poke64(16, storage.Peek64(16) | 2);
}
