using System.Diagnostics;

namespace BlockGen.Cli;

/// <summary>
/// Shows what streaming is, on real images: an overlay is filled from a slow base while guests use it, and is then
/// compared with what it must hold, block by block.
/// </summary>
internal sealed class Tour(TourPlan plan, Screen screen, CancellationToken cancellation)
{
    private readonly List<string> _faults = [];
    private readonly TourDisk _disk = TourDisk.Make(plan.Seed, plan.Guests);

    /// <summary>Runs it; returns whether everything was right.</summary>
    public async ValueTask<bool> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        await MakeBaseAsync();
        await MakeOverlayAsync();
        await StreamAsync();
        File.Delete(plan.BasePath);
        plan.BeforeVerifying?.Invoke(plan.OverlayPath);
        await VerifyAsync();
        Conclude(watch.Elapsed);
        return _faults.Count == 0;
    }

    private async ValueTask MakeBaseAsync()
    {
        screen.Heading("1  A base image, far away");
        screen.Remark("   A raw file that holds a tree of real files, and more data with holes. Reading it is slow.");
        await _disk.WriteBaseAsync(plan.BasePath, cancellation);
        screen.Line($"   disk      {SizeText.Format(TourDisk.Bytes)}");
        string treeSize = SizeText.Format((ulong)_disk.Tree.Archive.Length);
        screen.Line($"   tree      {_disk.Tree.FileCount} files, {treeSize}, a SHA-256 kept of each");
        screen.Line(
            $"   distance  {SlowBase.LeastMilliseconds} to {SlowBase.MostMilliseconds} ms a read, "
            + $"{SizeText.Format(plan.BytesPerSecond)}/s for all of them");
    }

    private async ValueTask MakeOverlayAsync()
    {
        screen.Heading("2  An empty overlay on it");
        screen.Remark("   The guest boots from the overlay at once: what the overlay lacks is read from the base.");
        ImageCreation creation = new(plan.OverlayPath, ImageFiles.Formats.Find("qed"), [])
        {
            Length = TourDisk.Bytes,
            Backing = new BackingLink(Path.GetFileName(plan.BasePath), "raw"),
        };
        await creation.RunAsync(CacheMode.Writeback, cancellation);
        await using Image overlay = await OpenAsync(writable: false);
        await DrawAsync(overlay);
        screen.Remark($"     {AllocationPicture.Legend}");
    }

    private async ValueTask StreamAsync()
    {
        screen.Heading("3  Streaming, while the guest works");
        screen.Remark($"   {plan.Guests} guests write, read with copy-on-read, and scribble on their reads' buffers.");
        screen.Remark("   Meanwhile the base is copied into the overlay: cancelled half-way, then started again.");
        await using Image overlay = await OpenAsync(writable: true);
        TourStream stream = new(overlay, _disk, plan, screen);
        await stream.RunAsync(cancellation);
        stream.Report();
        Require(stream.Counts.WrongReads == 0, $"{stream.Counts.WrongReads} guest reads returned something wrong");
        Require(overlay.Backing is null && overlay.BackingLink is null, "the overlay still needs its base");
    }

    private async ValueTask VerifyAsync()
    {
        screen.Heading("4  Is every block right?");
        screen.Remark("   The base is deleted and the overlay opened again. It is compared with a model of the disk");
        screen.Remark("   that was kept aside, written by the guests themselves and never read from an image.");
        await using Image overlay = await OpenAsync(writable: false);
        IReadOnlyList<int> wrong = await TourVerification.FindWrongBlocksAsync(overlay, _disk, cancellation);
        int blocks = TourDisk.Bytes / TourVerification.BlockBytes;
        Show(
            "blocks",
            wrong.Count == 0,
            $"{blocks - wrong.Count} of {blocks} right ({SizeText.Format(TourVerification.BlockBytes)} each)",
            wrong.Count == 0 ? "" : $"{wrong.Count} blocks are wrong, the first at guest offset 0x{wrong[0]:x}");

        IReadOnlyList<string> treeFaults = await TourVerification.FindTreeFaultsAsync(overlay, _disk, cancellation);
        Show(
            "file tree",
            treeFaults.Count == 0,
            $"{_disk.Tree.FileCount} files read back, every SHA-256 as it was",
            string.Join("; ", treeFaults.Take(3)));

        CheckReport report = await overlay.CheckAsync(cancellation);
        Show(
            "check",
            report.IsClean,
            $"no errors, no leaks; {report.AllocatedClusters} of {report.TotalClusters} clusters allocated",
            $"{report.Errors} errors, {report.Leaks} leaked clusters");
        Show(
            "backing",
            overlay.BackingLink is null,
            "the image names no backing file any more",
            $"the image still names '{overlay.BackingLink?.Name}'");
        await DrawAsync(overlay);
    }

    private void Conclude(TimeSpan time)
    {
        screen.Line("");
        if (_faults.Count == 0)
        {
            screen.Good($"Every block is right ({time.TotalSeconds:0.0} s).");
            return;
        }

        screen.Bad("Something is wrong:");
        foreach (string fault in _faults)
        {
            screen.Bad($"  {fault}");
        }
    }

    private ValueTask<Image> OpenAsync(bool writable) => ImageFiles.OpenAsync(
        plan.OverlayPath,
        new ImageOpening
        {
            IsWritable = writable,
            CopiesOnRead = writable,
            Simulate = storage => SlowBase.Simulate(storage, plan.Seed, plan.BytesPerSecond),
        },
        cancellation);

    private async ValueTask DrawAsync(Image overlay)
    {
        ulong part = AllocationPicture.PartBytes(TourDisk.Bytes, overlay.ClusterBytes);
        screen.Line($"   overlay, {SizeText.Format(part)} a character:");
        foreach (string row in await AllocationPicture.DrawAsync(overlay, TourDisk.Bytes, part, cancellation))
        {
            screen.Line($"     {row}");
        }
    }

    private void Show(string what, bool isRight, string right, string wrong)
    {
        if (isRight)
        {
            screen.Good($"   {what,-10} {right}");
        }
        else
        {
            screen.Bad($"   {what,-10} {wrong}");
        }

        Require(isRight, $"{what}: {wrong}");
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Add(fault);
        }
    }
}
