using System.Diagnostics;

namespace BlockGen.Fuzz;

/// <summary>Images that QEMU's tool makes: of formats that can only be read here.</summary>
internal static class QemuSeeds
{
    private const int DiskBytes = 300 << 10;

    /// <summary>An image with data and holes, and one that is compressed where the format knows how.</summary>
    public static IReadOnlyList<byte[]> For(string format)
    {
        string folder = Directory.CreateTempSubdirectory("blockgen-seeds-").FullName;
        try
        {
            string source = Path.Combine(folder, "raw");
            byte[] disk = new byte[DiskBytes];
            new Random(1).NextBytes(disk.AsSpan(0, 9000));
            disk.AsSpan(200_000, 9000).Fill(0x5E);
            File.WriteAllBytes(source, disk);
            string plain = Path.Combine(folder, "plain");
            if (!TryRun("convert", "-f", "raw", "-O", format, source, plain))
            {
                throw new NotSupportedException($"qemu-img makes no '{format}': {nameof(ReadOnlySeeds)} must");
            }

            string packed = Path.Combine(folder, "packed");
            return TryRun("convert", "-c", "-f", "raw", "-O", format, source, packed)
                ? [File.ReadAllBytes(plain), File.ReadAllBytes(packed)]
                : [File.ReadAllBytes(plain)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool TryRun(params string[] arguments)
    {
        ProcessStartInfo start = new("qemu-img", arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
