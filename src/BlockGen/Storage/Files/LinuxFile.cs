using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace BlockGen;

/// <summary>What Linux offers for files beyond the runtime's own calls.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxFile
{
    public const int Interrupted = 4; // EINTR
    public const int NoSuchRange = 6; // ENXIO
    public const int TryAgain = 11; // EAGAIN
    public const int Invalid = 22; // EINVAL

    public const int KeepSize = 1; // FALLOC_FL_KEEP_SIZE
    public const int PunchHole = 2; // FALLOC_FL_PUNCH_HOLE
    public const int ZeroRange = 16; // FALLOC_FL_ZERO_RANGE

    public const int SeekEnd = 2;
    public const int SeekData = 3;
    public const int SeekHole = 4;

    private const int CrossDevice = 18; // EXDEV
    private const int NotImplemented = 38; // ENOSYS
    private const int NotSupported = 95; // EOPNOTSUPP
    private const int NotATerminal = 25; // ENOTTY: what a driver says to a request it does not know
    private const int NoDevice = 19; // ENODEV: what a pipe or an odd device says to fallocate
    private const int ReadWithoutWaiting = 8; // RWF_NOWAIT
    private const nint MemoryFileSystem = 0x01021994; // TMPFS_MAGIC
    private const int GetFlags = 3; // F_GETFL
    private const int SetFlags = 4; // F_SETFL
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint DirectAlignmentMask = 0x2000; // STATX_DIOALIGN

    private static int DirectFlag =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x10000 : 0x4000; // O_DIRECT

    /// <summary>Whether an error says that this file, file system or kernel cannot do such a thing at all.</summary>
    public static bool IsUnsupported(int error) =>
        error is Invalid or CrossDevice or NotImplemented or NotSupported or NotATerminal or NoDevice;

    /// <summary>Whether the file is in memory and nowhere else, so that no read of it waits for a disk.</summary>
    public static bool IsInMemory(SafeFileHandle file)
    {
        FileSystemStatus status = default;
        return fstatfs(file, &status) == 0 && status.Type == MemoryFileSystem;
    }

    /// <summary>
    /// Reads what the page cache holds or, when it may wait, what is there. Returns the bytes read, or minus the error.
    /// </summary>
    public static int ReadInline(SafeFileHandle file, ulong offset, Span<byte> target, bool mayWait)
    {
        int flags = mayWait ? 0 : ReadWithoutWaiting;
        fixed (byte* start = target)
        {
            IoVector vector = new() { Start = start, Length = (nuint)target.Length };
            while (true)
            {
                nint count = preadv2(file, &vector, 1, (long)offset, flags);
                if (count >= 0)
                {
                    return (int)count;
                }

                int error = Marshal.GetLastPInvokeError();
                if (error != Interrupted)
                {
                    return -error;
                }
            }
        }
    }

    /// <summary>Changes the space behind a range. Returns 0 or the error.</summary>
    public static int Allocate(SafeFileHandle file, int mode, ulong offset, ulong length)
    {
        int error;
        do
        {
            error = fallocate(file, mode, (long)offset, (long)length) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        while (error == Interrupted);
        return error;
    }

    /// <summary>Finds the next data, hole or end. Returns the offset, or minus the error.</summary>
    public static long Seek(SafeFileHandle file, ulong offset, int whence)
    {
        long found = lseek(file, (long)offset, whence);
        return found >= 0 ? found : -Marshal.GetLastPInvokeError();
    }

    /// <summary>Makes data and length durable. Returns 0 or the error.</summary>
    public static int SyncData(SafeFileHandle file)
    {
        int error;
        do
        {
            error = fdatasync(file) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        while (error == Interrupted);
        return error;
    }

    /// <summary>Copies inside the kernel. Returns the bytes copied, or minus the error.</summary>
    public static long Copy(SafeFileHandle source, ulong offset, SafeFileHandle target, ulong at, ulong length)
    {
        long from = (long)offset;
        long to = (long)at;
        while (true)
        {
            nint count = copy_file_range(source, &from, target, &to, (nuint)length, 0);
            if (count >= 0)
            {
                return count;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                return -error;
            }
        }
    }

    /// <summary>Makes the file bypass the page cache. Returns 0 or the error.</summary>
    public static int MakeDirect(SafeFileHandle file)
    {
        int flags = fcntl(file, GetFlags, null);
        bool isSet = flags >= 0 && fcntl(file, SetFlags, (void*)(flags | DirectFlag)) == 0;
        return isSet ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>What direct requests and their memory must be multiples of; 0 when the kernel does not say.</summary>
    public static uint DirectAlignment(SafeFileHandle file)
    {
        FileStatus status = default;
        byte empty = 0;
        bool isKnown = statx(file, &empty, EmptyPath, DirectAlignmentMask, &status) == 0
            && (status.Mask & DirectAlignmentMask) != 0;
        return isKnown ? Math.Max(status.DirectMemoryAlignment, status.DirectOffsetAlignment) : 0;
    }

    /// <summary>Takes, tests or drops a lock of the open file. Returns 0 or the error.</summary>
    public static int Lock(SafeFileHandle file, int command, ref FileLockRange range)
    {
        fixed (FileLockRange* pointer = &range)
        {
            return fcntl(file, command, pointer) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint preadv2(SafeFileHandle file, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fallocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long lseek(SafeFileHandle file, long offset, int whence);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint copy_file_range(
        SafeFileHandle source, long* offset, SafeFileHandle target, long* at, nuint length, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(SafeFileHandle file, int command, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fstatfs(SafeFileHandle file, FileSystemStatus* status);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(SafeFileHandle file, byte* path, int flags, uint mask, FileStatus* status);

    private struct IoVector
    {
        public byte* Start;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileSystemStatus
    {
        [FieldOffset(0)]
        public nint Type;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(152)]
        public uint DirectMemoryAlignment;

        [FieldOffset(156)]
        public uint DirectOffsetAlignment;
    }
}

/// <summary>A byte range to lock, as the kernel's <c>struct flock</c> has it.</summary>
internal struct FileLockRange
{
    public short Type;
    public short Whence;
    public long Start;
    public long Length;
    public int Owner;
}
