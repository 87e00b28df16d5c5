using ZstdSharp;

namespace BlockGen.Drivers.Qcow2;

/// <summary>Decompression of Zstandard frames (RFC 8878).</summary>
internal static class Zstandard
{
    private static readonly BlockGen.Decompressor s_stream =
        Decompressors.FromStream(static source => new DecompressionStream(source));

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
