namespace BlockGen.Concurrency.Tests.Guests;

/// <summary>The part of a disk that a scenario is about.</summary>
/// <param name="history">What it may hold.</param>
/// <param name="start">Guest offset of its first sector.</param>
internal sealed class DiskWindow(SectorHistory history, ulong start)
{
    /// <summary>What it may hold.</summary>
    public SectorHistory History => history;

    /// <summary>Sectors that guests work on; the history may have more, of a disk that grows.</summary>
    public int SectorCount { get; init; } = history.SectorCount;

    /// <summary>Called with the moment at which a flush began that is done.</summary>
    public Action<int> Flushed { get; init; } = static _ => { };

    public GuestRange Range(int sector, int count) => new(
        start + (ulong)sector * SectorHistory.SectorBytes, (ulong)count * SectorHistory.SectorBytes);

    /// <summary>All of it holds what a read may see that begins at a moment; the present one when null.</summary>
    public async Task ExpectAsync(string what, Image image, int? begun = null)
    {
        byte[] found = SectorHistory.Fill(0xbad0bad0, history.SectorCount);
        await image.ReadAsync(new GuestOffset(start), found, CancellationToken.None).ConfigureAwait(false);
        history.Expect(what, 0, found, begun ?? history.Now);
    }
}
