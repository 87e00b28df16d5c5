using System.IO.Compression;

namespace BlockGen;

/// <summary>The ways of decompression that formats share.</summary>
public static class Decompressors
{
    /// <summary>Deflate in a zlib frame (RFC 1950).</summary>
    public static Decompressor Zlib { get; } = static (stored, target) =>
        Inflate(stored, target, static source => new ZLibStream(source, CompressionMode.Decompress));

    /// <summary>Deflate without a frame (RFC 1951).</summary>
    public static Decompressor Deflate { get; } = static (stored, target) =>
        Inflate(stored, target, static source => new DeflateStream(source, CompressionMode.Decompress));

    private static unsafe void Inflate(ReadOnlySpan<byte> stored, Span<byte> target, Func<Stream, Stream> open)
    {
        fixed (byte* start = stored)
        {
            using UnmanagedMemoryStream source = new(start, stored.Length);
            using Stream inflated = open(source);
            int filled = inflated.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            if (filled < target.Length)
            {
                throw new InvalidDataException($"ends after {filled} bytes of {target.Length}");
            }
        }
    }
}
