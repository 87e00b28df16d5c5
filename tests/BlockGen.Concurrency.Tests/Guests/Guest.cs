using BlockGen.Concurrency.Tests.Support;

namespace BlockGen.Concurrency.Tests.Guests;

/// <summary>What a guest may ask for.</summary>
internal enum GuestRequest
{
    Write,
    Read,
    Zero,
    Discard,
    Flush,
}

/// <summary>A guest that works on a part of a disk and compares what it reads with what may be there.</summary>
/// <param name="image">The disk.</param>
/// <param name="window">Where it works.</param>
/// <param name="number">Which guest it is; from 1 on.</param>
internal sealed class Guest(Image image, DiskWindow window, int number)
{
    private const int MostSectors = 12;

    private uint _written = (uint)number << 16;

    /// <summary>Asks for one thing after the other, of these kinds.</summary>
    public async Task WorkAsync(int requestCount, params GuestRequest[] kinds)
    {
        for (int i = 0; i < requestCount; i++)
        {
            int sector = Choice.Below(window.SectorCount);
            int count = 1 + Choice.Below(Math.Min(MostSectors, window.SectorCount - sector));
            await AskAsync(Choice.Among(kinds), sector, count).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for one thing and returns when it is done.</summary>
    public async Task AskAsync(GuestRequest kind, int sector, int count)
    {
        SectorHistory history = window.History;
        GuestRange range = window.Range(sector, count);
        switch (kind)
        {
            case GuestRequest.Read:
                await ReadAsync(sector, count).ConfigureAwait(false);
                break;
            case GuestRequest.Flush:
                int begun = history.Now;
                await image.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                window.Flushed(begun);
                break;
            case GuestRequest.Write:
                SectorHistory.Change write = history.Begin(sector, count, ++_written, mayKeepOld: false);
                await image.WriteAsync(range.Start, SectorHistory.Fill(_written, count), CancellationToken.None)
                    .ConfigureAwait(false);
                history.End(write);
                break;
            case GuestRequest.Zero:
                SectorHistory.Change zero = history.Begin(sector, count, 0, mayKeepOld: false);
                await image.WriteZeroesAsync(range, ZeroMode.MayUnmap, CancellationToken.None).ConfigureAwait(false);
                history.End(zero);
                break;
            default:
                SectorHistory.Change discard = history.Begin(sector, count, 0, mayKeepOld: true);
                await image.DiscardAsync(range, CancellationToken.None).ConfigureAwait(false);
                history.End(discard);
                break;
        }
    }

    private async Task ReadAsync(int sector, int count)
    {
        int begun = window.History.Now;
        byte[] found = SectorHistory.Fill(0xbad0bad0, count);
        await image.ReadAsync(window.Range(sector, count).Start, found, CancellationToken.None).ConfigureAwait(false);
        window.History.Expect($"guest {number}'s read", sector, found, begun);
    }
}
