using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>The space a file occupies on its disk.</summary>
public static partial class DiskUsage
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint BlocksWanted = 0x400; // STATX_BLOCKS
    private const ulong BlockBytes = 512;

    /// <summary>
    /// Bytes on disk: what the file system has allocated or, where it does not say, the file's data without its holes.
    /// </summary>
    public static async ValueTask<ulong> MeasureAsync(IStorage storage, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(storage);
        while (storage is StorageFilter filter)
        {
            storage = filter.Inner;
        }

        return storage is NullStorage ? 0 : await MeasureFileAsync(storage, cancellation).ConfigureAwait(false);
    }

    private static async ValueTask<ulong> MeasureFileAsync(IStorage storage, CancellationToken cancellation) =>
        OperatingSystem.IsLinux() && statx(CurrentDirectory, storage.Name, 0, BlocksWanted, out FileStatus status) == 0
            ? status.Blocks * BlockBytes
            : await SumDataAsync(storage, cancellation).ConfigureAwait(false);

    private static async ValueTask<ulong> SumDataAsync(IStorage storage, CancellationToken cancellation)
    {
        ulong data = 0;
        ulong length = storage.Length;
        for (ulong at = 0; at < length;)
        {
            StorageExtent run = await storage.MapAsync(new HostRange(at, length - at), cancellation)
                .ConfigureAwait(false);
            data += run.IsHole ? 0 : run.Length;
            at += run.Length;
        }

        return data;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out FileStatus status);

    /// <summary>The kernel's struct statx: only the count of blocks is of interest.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(48)]
        public ulong Blocks;
    }
}
