using System.Text;

namespace BlockGen.Nbd;

/// <summary>Names, descriptions and messages: UTF-8 of at most 4096 bytes, without a NUL.</summary>
internal static class WireText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; null when the bytes are none.</summary>
    public static string? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > NbdLimits.TextBytes || bytes.Contains((byte)0))
        {
            return null;
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The bytes; a text that is too long is cut.</summary>
    public static byte[] Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= NbdLimits.TextBytes)
        {
            return bytes;
        }

        int end = NbdLimits.TextBytes;
        while ((bytes[end] & 0xc0) == 0x80)
        {
            end--;
        }

        return bytes[..end];
    }

    /// <summary>Throws when a text cannot be sent as it is.</summary>
    public static void RequireShort(string text, string parameterName)
    {
        int byteCount = Encoding.UTF8.GetByteCount(text);
        if (byteCount > NbdLimits.TextBytes || text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"A text of {byteCount} bytes cannot be sent: at most {NbdLimits.TextBytes}, without a NUL, can.",
                parameterName);
        }
    }
}
