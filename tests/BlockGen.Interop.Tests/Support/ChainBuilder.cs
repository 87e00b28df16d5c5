namespace BlockGen.Interop.Tests;

/// <summary>Builds a backing chain from the bottom up, and knows what its top must read as.</summary>
internal sealed class ChainBuilder(TempFolder folder, Random random, bool madeByQemu)
{
    private int _layerCount;
    private string? _belowFormat;

    /// <summary>The file of the top layer.</summary>
    public string Top { get; private set; } = "";

    /// <summary>What the top layer reads as.</summary>
    public byte[] Expected { get; private set; } = [];

    /// <summary>Puts a layer on top, shorter or longer than the one below, and writes some of it.</summary>
    public async Task AddLayerAsync(string format)
    {
        string below = Path.GetFileName(Top);
        Top = folder.File($"layer{_layerCount++}.{format}");
        byte[] content = new byte[512 * random.Next(800, 6000)];
        Expected.AsSpan(0, Math.Min(Expected.Length, content.Length)).CopyTo(content);
        Expected = content;
        BackingLink? link = _belowFormat is null ? null : new BackingLink(below, _belowFormat);
        if (madeByQemu)
        {
            string[] backing = link is null ? [] : ["-F", link.Format!, "-b", link.Name];
            await Qemu.ImgAsync(["create", "-q", "-f", format, .. backing, Top, $"{content.Length}"]);
            await Qemu.IoAsync(format, Top, [.. Pieces().Select(WriteCommand)]);
        }
        else
        {
            await Disks.CreateAsync(format, Top, $"size={content.Length}", link);
            await using Image image = await Disks.OpenAsync(format, Top);
            foreach ((int offset, int length) in Pieces())
            {
                random.NextBytes(content.AsSpan(offset, length));
                await image.WriteAsync(
                    new GuestOffset((ulong)offset), content.AsMemory(offset, length), CancellationToken.None);
            }

            await ZeroPieceAsync(image);
        }

        _belowFormat = format;
    }

    private List<(int Offset, int Length)> Pieces()
    {
        List<(int, int)> pieces = [];
        for (int i = 0; i < 6; i++)
        {
            int length = random.Next(1, 200_000);
            pieces.Add((random.Next(Expected.Length - length), length));
        }

        return pieces;
    }

    private string WriteCommand((int Offset, int Length) piece)
    {
        byte pattern = (byte)random.Next(1, 256);
        Expected.AsSpan(piece.Offset, piece.Length).Fill(pattern);
        return $"write -P {pattern} {piece.Offset} {piece.Length}";
    }

    private async Task ZeroPieceAsync(Image image)
    {
        (int offset, int length) = Pieces()[0];
        Expected.AsSpan(offset, length).Clear();
        await image.WriteZeroesAsync(
            new GuestRange((ulong)offset, (ulong)length), ZeroMode.MayUnmap, CancellationToken.None);
    }
}
