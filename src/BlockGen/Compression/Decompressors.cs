using System.IO.Compression;

namespace BlockGen;

/// <summary>The ways of decompression that formats share.</summary>
public static class Decompressors
{
    /// <summary>Deflate in a zlib frame (RFC 1950).</summary>
    public static Decompressor Zlib { get; } =
        FromStream(static source => new ZLibStream(source, CompressionMode.Decompress));

    /// <summary>Deflate without a frame (RFC 1951).</summary>
    public static Decompressor Deflate { get; } =
        FromStream(static source => new DeflateStream(source, CompressionMode.Decompress));

    /// <summary>Decompression by a stream that is opened over the stored bytes.</summary>
    public static unsafe Decompressor FromStream(Func<Stream, Stream> open) => (stored, target) =>
    {
        if (stored.IsEmpty)
        {
            throw new InvalidDataException("nothing is stored");
        }

        fixed (byte* start = stored)
        {
            using UnmanagedMemoryStream source = new(start, stored.Length);
            using Stream decompressed = open(source);
            int filled = decompressed.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            if (filled < target.Length)
            {
                throw new InvalidDataException($"it ends after {filled} bytes of {target.Length}");
            }
        }
    };
}
