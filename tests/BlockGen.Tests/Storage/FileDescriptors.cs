using System.Runtime.InteropServices;

namespace BlockGen.Tests.Storage;

/// <summary>Reaches under an open file, to do to it what a failing disk or a full memory would.</summary>
internal static class FileDescriptors
{
    private const int DoNotNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>The descriptor of a file that this process has open once.</summary>
    public static int Find(string path) =>
        Directory.GetFiles("/proc/self/fd")
            .Where(link => new FileInfo(link).LinkTarget == path)
            .Select(link => int.Parse(Path.GetFileName(link), System.Globalization.CultureInfo.InvariantCulture))
            .Single();

    /// <summary>Drops what the page cache holds of a flushed file.</summary>
    public static void Evict(int descriptor) => Assert.Equal(0, posix_fadvise(descriptor, 0, 0, DoNotNeed));

    /// <summary>Lets a descriptor stand for another open file.</summary>
    public static void Replace(int descriptor, int other) => Assert.Equal(descriptor, dup2(other, descriptor));

    /// <summary>Another descriptor for the same open file.</summary>
    public static int Duplicate(int descriptor) => dup(descriptor);

    public static void Close(int descriptor) => Assert.Equal(0, close(descriptor));

    [DllImport("libc")]
    private static extern int posix_fadvise(int descriptor, long offset, long length, int advice);

    [DllImport("libc")]
    private static extern int dup2(int other, int descriptor);

    [DllImport("libc")]
    private static extern int dup(int descriptor);

    [DllImport("libc")]
    private static extern int close(int descriptor);
}
