namespace BlockGen.Fuzz;

/// <summary>An image that a repair has left without errors: it stays so, and keeps what is written to it.</summary>
internal sealed class SoundImage(Image image, Random random)
{
    private readonly List<(GuestOffset At, byte[] Data)> _written = [];

    /// <summary>Writes to places that do not overlap.</summary>
    public async Task FillAsync(IReadOnlyList<GuestRange> places)
    {
        foreach (GuestRange place in places)
        {
            bool isTaken = _written.Any(done => new GuestRange(done.At, (ulong)done.Data.Length).Overlaps(place));
            if (place.Length == 0 || isTaken)
            {
                continue;
            }

            byte[] data = new byte[place.Length];
            random.NextBytes(data);
            await image.WriteAsync(place.Start, data, CancellationToken.None);
            _written.Add((place.Start, data));
        }

        await ExpectContentAsync(image);
        await image.FlushAsync(CancellationToken.None);
    }

    /// <summary>The image, opened again, has what was written and no error.</summary>
    public async Task ExpectAsync(Image again)
    {
        await ExpectContentAsync(again);
        CheckReport report;
        try
        {
            report = await again.CheckAsync(CancellationToken.None);
        }
        catch (NotSupportedException)
        {
            return;
        }

        if (report.Errors > 0)
        {
            throw new CaseException($"an image that was repaired, and written to, has errors: {report.Findings[0]}");
        }
    }

    private async Task ExpectContentAsync(Image holder)
    {
        foreach ((GuestOffset at, byte[] data) in _written)
        {
            byte[] found = new byte[data.Length];
            await holder.ReadAsync(at, found, CancellationToken.None);
            if (!found.AsSpan().SequenceEqual(data))
            {
                int wrong = found.AsSpan().CommonPrefixLength(data);
                throw new CaseException($"what was written at 0x{at.Value:x} to a sound image is lost: byte {wrong}");
            }
        }
    }
}
