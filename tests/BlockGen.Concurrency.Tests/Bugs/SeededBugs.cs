namespace BlockGen.Concurrency.Tests.Bugs;

/// <summary>The bugs.</summary>
internal static class SeededBugs
{
    public static IReadOnlyList<SeededBug> All { get; } = [.. Requests, .. Copying, .. Tables, .. Images];

    private static IEnumerable<SeededBug> Requests =>
    [
        new(
            "claims-meet-writes",
            "A claim does not wait for guest writes that are under way.",
            "tracker",
            "Requests/RangeTracker.cs",
            ("if (ConflictsWithWrites(range))", "if (false)")),
        new(
            "claim-counted-late",
            "A claim counts as an obstacle only after the guest writes were searched: one enters in between.",
            "tracker",
            "Requests/RangeTracker.cs",
            ("""
                        _obstacleCount++;
                        if (TryActivate(range, access, before: null, out ticket))
                        {
                            return true;
                        }

                        _obstacleCount--;
                        return false;
            """, """
                        bool isActive = TryActivate(range, access, before: null, out ticket);
                        _obstacleCount += isActive ? 1 : 0;
                        return isActive;
            """)),
        new(
            "given-up-admits-nobody",
            "A waiting request that is cancelled does not let in those that waited behind it.",
            "tracker-behind-cancelled",
            "Requests/RangeTracker.Waiting.cs",
            ("""
                        _obstacleCount--;
                        AdmitWaiters();
            """, """
                        _obstacleCount--;
            """)),
    ];

    private static IEnumerable<SeededBug> Copying =>
    [
        new(
            "error-handled-after-landing",
            "A failed chunk is put aside only after it has left the flight: the engine may be through by then.",
            "engine-errors-resumed-at-once",
            "Copying/CopyEngine.Flight.cs",
            ("OnCopyError(chunk, exception, stop);", "_ = Task.Run(() => OnCopyError(chunk, exception, stop));")),
        new(
            "deferred-after-landing",
            "A chunk that a guest was at work in is put aside only after it has left the flight.",
            "engine-in-the-way",
            "Copying/CopyEngine.Flight.cs",
            ("_deferred.Enqueue(chunk);", "_ = Task.Run(() => { lock (_lock) { _deferred.Enqueue(chunk); } });")),
        new(
            "copy-clobbers-writes",
            "A copy stores without looking whether a guest has written there meanwhile.",
            "copy-on-read",
            "Images/MappedImage.Copying.cs",
            ("""
                        if (!extent.IsAllocated)
                        {
                            await AllocateAsync
            """, """
                        if (true)
                        {
                            await AllocateAsync
            """)),
        new(
            "kept-without-claim",
            "Copy-on-read stores what it has read without claiming the range.",
            "copy-on-read",
            "Copying/Image.CopyOnRead.cs",
            ("|| !Tracker.TryEnter(range, RangeAccess.Claim, out RangeTicket claim))", ")"),
            ("using (claim)", "")),
    ];

    private static IEnumerable<SeededBug> Tables =>
    [
        new(
            "clean-after-writing",
            "A page is marked clean after its picture was written, not when it was taken: a change in between is lost.",
            "cache",
            "Tables/TableCache.cs",
            ("                page.MarkClean();\n", ""),
            ("            _dirty.Clear();\n", ""),
            ("if (!change.IsWritten)", """
                if (change.IsWritten)
                {
                    change.Page.MarkClean();
                    _dirty.Remove(change.Page);
                }
                else
            """)),
        new(
            "stale-page-inserted",
            "A page is kept as it was read, although it was changed, written and evicted since the read began.",
            "cache-read-late",
            "Tables/TableCache.cs",
            ("if (_evictions[Stripe(host)] == evictions)", "if (_evictions[Stripe(host)] >= evictions)")),
        new(
            "evicted-page-changed",
            "A page that was evicted since it was found is changed, and the change never reaches the cache.",
            "cache",
            "Tables/TableCache.cs",
            ("""
                        if (!page.IsResident)
                        {
                            return false;
                        }
            """, "")),
        new(
            "written-page-evicted",
            "A page is evicted while its changes are on their way to the disk: who reads it again reads old entries.",
            "cache",
            "Tables/TableCache.cs",
            ("page.IsDirty || page.IsWriting || page", "page.IsDirty || page")),
        new(
            "leaf-table-added-twice",
            "Two requests that need the same leaf table both add one: the clusters in the first are lost.",
            "stream-two-tables",
            "Images/MappedImage.Tables.cs",
            ("""
                        entry = await rootLevel.LoadAsync(rootTable, rootIndex, cancellation).ConfigureAwait(false);
                        ulong? old
            """, "            ulong? old")),
    ];

    private static IEnumerable<SeededBug> Images =>
    [
        new(
            "published-before-stored",
            "A cluster is visible before its data is there.",
            "requests",
            "Images/MappedImage.Writing.cs",
            ("""
                        await FillAsync(extent.Range,
            """, """
                        await PublishAsync(clusters, MappingKind.Data, host, cancellation).ConfigureAwait(false);
                        await FillAsync(extent.Range,
            """)),
        new(
            "part-of-cluster-claimed",
            "A write claims only its own bytes: two writes into one new cluster both allocate it.",
            "requests",
            "Images/MappedImage.Writing.cs",
            ("Tracker.EnterAsync(range.AlignOutward(ClusterBytes),", "Tracker.EnterAsync(range,")),
        new(
            "looked-up-before-backing-held",
            "A read holds on to the backing image only after its lookup: a stream that ends in between takes it away.",
            "stream-one-cluster",
            "Images/Image.Reading.cs",
            ("        using BackingLease backing = RentBacking();\n", ""),
            (
                "int length = (int)extent.Length;",
                "using BackingLease backing = RentBacking();\nint length = (int)extent.Length;")),
        new(
            "flush-overlooks-write-back",
            "A flush does not wait for a write-back under way that has taken changes which it answers for.",
            "publish",
            "Images/MappedImage.Flushing.cs",
            ("Tables.IsDirtyOrWriting || NeedsHeader", "Tables.IsDirty || NeedsHeader")),
        new(
            "resized-without-claim",
            "A growing disk zeroes what it gains in its last cluster while a guest writes there.",
            "resize",
            "Images/Image.Resizing.cs",
            ("""
                    using RangeTicket claim = await Tracker
                        .EnterAsync(changing.AlignOutward(Math.Max(ClusterBytes, 1)), RangeAccess.Claim, cancellation)
                        .ConfigureAwait(false);
            """, "")),
    ];
}
