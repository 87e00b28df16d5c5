using System.IO.Compression;
using System.Security.Cryptography;

namespace BlockGen.Fuzz;

/// <summary>Files that were found, compressed: most of them are nearly empty.</summary>
internal static class SavedCase
{
    /// <summary>Saves a case where the operator finds it; returns the path.</summary>
    public static string Save(string format, byte[] file)
    {
        string folder = Path.Combine(Path.GetTempPath(), "blockgen-fuzz");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{format}-{Convert.ToHexStringLower(SHA256.HashData(file))[..12]}.gz");
        using GZipStream target = new(File.Create(path), CompressionLevel.SmallestSize);
        target.Write(file);
        return path;
    }

    /// <summary>The bytes of a case.</summary>
    public static byte[] Load(string path)
    {
        using GZipStream source = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream bytes = new();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }
}
