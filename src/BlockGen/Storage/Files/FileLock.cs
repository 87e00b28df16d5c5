using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace BlockGen;

/// <summary>
/// The locks that keep two programs from changing one image: those of QEMU's tools, so that each side sees the other.
/// </summary>
/// <remarks>
/// Every permission has two bytes in the file that are locked, shared, by open file description: at 100 + n by whoever
/// uses the permission, at 200 + n by whoever does not let others use it. A newcomer takes its locks and then looks for
/// a contradiction. The kernel drops the locks when the file is closed.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class FileLock
{
    private const int UsedStart = 100;
    private const int RefusedStart = 200;
    private const int ConsistentRead = 0;
    private const int Write = 1;
    private const int Resize = 3;

    private const int GetLock = 36; // F_OFD_GETLK
    private const int SetLock = 37; // F_OFD_SETLK
    private const short ReadLock = 0; // F_RDLCK
    private const short WriteLock = 1; // F_WRLCK
    private const short Unlocked = 2; // F_UNLCK
    private const int NoLocks = 37; // ENOLCK

    private static readonly string[] PermissionNames = ["consistent read", "write", "write unchanged", "resize"];
    private static readonly int[] UsedByReader = [ConsistentRead];
    private static readonly int[] UsedByWriter = [ConsistentRead, Write, Resize];
    private static readonly int[] RefusedToOthers = [Write, Resize];

    /// <summary>Takes the locks of a reader or writer for as long as the file stays open.</summary>
    /// <exception cref="IOException">Somebody else uses the image in a way that excludes this one.</exception>
    public static void Take(SafeFileHandle file, string path, bool isWriter)
    {
        int[] used = isWriter ? UsedByWriter : UsedByReader;
        foreach (int permission in used)
        {
            if (!TryTake(file, path, UsedStart + permission))
            {
                return;
            }
        }

        foreach (int permission in RefusedToOthers)
        {
            TryTake(file, path, RefusedStart + permission);
        }

        foreach (int permission in used)
        {
            RefuseIfLocked(file, path, RefusedStart + permission, $"\"{PermissionNames[permission]}\" lock");
        }

        foreach (int permission in RefusedToOthers)
        {
            RefuseIfLocked(file, path, UsedStart + permission, $"shared \"{PermissionNames[permission]}\" lock");
        }
    }

    /// <summary>
    /// Drops the locks before the file is closed. Closing alone does not while a child process that was just started still
    /// has the open file.
    /// </summary>
    public static void Drop(SafeFileHandle file)
    {
        FileLockRange range = new() { Type = Unlocked, Start = UsedStart, Length = RefusedStart + Resize + 1 - UsedStart };
        LinuxFile.Lock(file, SetLock, ref range);
    }

    private static bool TryTake(SafeFileHandle file, string path, int start)
    {
        FileLockRange range = new() { Type = ReadLock, Start = start, Length = 1 };
        int error = LinuxFile.Lock(file, SetLock, ref range);
        if (error == 0)
        {
            return true;
        }

        // A file system without locks cannot protect anybody; refusing to work there would protect nobody either.
        return LinuxFile.IsUnsupported(error) || error == NoLocks
            ? false
            : throw StorageErrors.FromSystem(error, path, $"locking byte {start}");
    }

    private static void RefuseIfLocked(SafeFileHandle file, string path, int start, string lockName)
    {
        FileLockRange range = new() { Type = WriteLock, Start = start, Length = 1 };
        int error = LinuxFile.Lock(file, GetLock, ref range);
        if (error != 0)
        {
            throw StorageErrors.FromSystem(error, path, $"testing the lock on byte {start}");
        }

        if (range.Type != Unlocked)
        {
            throw new IOException($"{path}: Failed to get {lockName}; is another process using the image?");
        }
    }
}
