using ZstdSharp;

namespace BlockGen.Drivers.Qcow2;

/// <summary>Compression to and decompression of Zstandard frames (RFC 8878).</summary>
internal static class Zstandard
{
    private static readonly BlockGen.Decompressor s_stream =
        Decompressors.FromStream(static source => new DecompressionStream(source));

    [ThreadStatic] private static ZstdSharp.Compressor? t_compressor;

    /// <summary>Makes one frame; 0 when it does not fit in.</summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        t_compressor ??= new ZstdSharp.Compressor();
        return t_compressor.TryWrap(source, target, out int length) ? length : 0;
    }

    /// <summary>Fills the target from one frame; what follows it is ignored.</summary>
    public static void Decompress(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        try
        {
            s_stream(stored, target);
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
}
