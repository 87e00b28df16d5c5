using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>Turns guest bytes into stored bytes.</summary>
/// <param name="source">The guest bytes; nobody changes them meanwhile.</param>
/// <param name="target">Gets the compressed bytes.</param>
/// <returns>How many there are; 0 when they do not fit in.</returns>
/// <remarks>Called from many threads at once.</remarks>
public delegate int Compressor(ReadOnlySpan<byte> source, Span<byte> target);

/// <summary>The ways of compression that formats share.</summary>
public static unsafe partial class Compressors
{
    private const string Library = "libSystem.IO.Compression.Native";
    private const int DefaultLevel = -1;
    private const int DeflateMethod = 8;
    private const int MostMemoryLevel = 9;
    private const int FinishFlush = 4;
    private const int StreamEnd = 1;

    /// <summary>
    /// Deflate without a frame (RFC 1951) that looks back 4 KiB at most: some readers keep no more. The streams of
    /// System.IO.Compression always look back 32 KiB.
    /// </summary>
    public static Compressor NearDeflate { get; } = static (source, target) => Deflate(source, target, windowBits: 12);

    private static int Deflate(ReadOnlySpan<byte> source, Span<byte> target, int windowBits)
    {
        fixed (byte* input = source)
        fixed (byte* output = target)
        {
            ZStream stream = new()
            {
                NextInput = input,
                InputBytes = (uint)source.Length,
                NextOutput = output,
                OutputBytes = (uint)target.Length,
            };
            int error = CompressionNative_DeflateInit2_(
                &stream, DefaultLevel, DeflateMethod, -windowBits, MostMemoryLevel, strategy: 0);
            if (error != 0)
            {
                throw new InvalidOperationException($"zlib: deflateInit2 failed with {error}");
            }

            int ended = CompressionNative_Deflate(&stream, FinishFlush);
            _ = CompressionNative_DeflateEnd(&stream);
            return ended == StreamEnd ? target.Length - (int)stream.OutputBytes : 0;
        }
    }

    [LibraryImport(Library)]
    private static partial int CompressionNative_DeflateInit2_(
        ZStream* stream, int level, int method, int windowBits, int memoryLevel, int strategy);

    [LibraryImport(Library)]
    private static partial int CompressionNative_Deflate(ZStream* stream, int flush);

    [LibraryImport(Library)]
    private static partial int CompressionNative_DeflateEnd(ZStream* stream);

    /// <summary>The runtime's picture of a z_stream.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ZStream
    {
        public byte* NextInput;
        public byte* NextOutput;
        public byte* Message;
        public void* State;
        public uint InputBytes;
        public uint OutputBytes;
    }
}
