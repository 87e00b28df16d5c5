using Microsoft.Win32.SafeHandles;

namespace BlockGen;

/// <summary>A file or a block device.</summary>
/// <remarks>
/// Thread-safe. What the page cache holds is read on the caller's thread, without allocating; what must come from the
/// disk is read on threads of the storage's own. A cancelled call does not start; one that the operating system works
/// on ends when that does.
/// </remarks>
public sealed partial class FileStorage : IStorage
{
    private const int InlineLimit = 1 << 20;
    private const int MostWorkers = 64;
    private const uint SmallestAlignment = 512;
    private const uint LargestAlignment = 4096;

    private readonly SafeFileHandle _file;
    private readonly StorageLength _length;
    private readonly BlockingWorkers _workers = new(MostWorkers);
    private readonly SharedGate? _gate; // of changes, when some of them read first: direct files
    private readonly bool _ignoresFlush;
    private readonly bool _isLocked;

    private FileStorage(string path, SafeFileHandle file, FileStorageOptions options)
    {
        Name = path;
        IsReadOnly = options.ReadOnly;
        _file = file;
        _isInMemory = OperatingSystem.IsLinux() && LinuxFile.IsInMemory(file);
        _ignoresFlush = options.IgnoreFlush;
        _isLocked = options.Lock;
        _length = new StorageLength(MeasureLength(file, path));
        Alignment = options.Direct ? MakeDirect(file, path) : 1;
        _gate = options.Direct ? new SharedGate() : null;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <remarks>Known without asking the system: growth by others is not seen.</remarks>
    public ulong Length => _length.Bytes;

    /// <inheritdoc/>
    public bool IsReadOnly { get; }

    /// <inheritdoc/>
    public uint Alignment { get; }

    private bool IsDirect => _gate is not null;

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="IOException">It cannot be opened, or is in use in a way that excludes this one.</exception>
    public static FileStorage Open(string path, FileStorageOptions? options = null)
    {
        options ??= new FileStorageOptions();
        return Open(path, FileMode.Open, options);
    }

    /// <summary>Makes an empty file; <see cref="FileStorageOptions.Creation"/> says what of one that exists.</summary>
    /// <exception cref="IOException">It cannot be made, exists, or is in use.</exception>
    public static FileStorage Create(string path, FileStorageOptions? options = null)
    {
        options ??= new FileStorageOptions();
        if (options.ReadOnly)
        {
            throw new ArgumentException("A file that is created cannot be read-only.", nameof(options));
        }

        // A file in use must not be emptied: it is opened as it is, and emptied once its locks are held.
        FileMode mode = options.Creation == FileCreation.New ? FileMode.CreateNew : FileMode.OpenOrCreate;
        FileStorage storage = Open(path, mode, options);
        try
        {
            storage.Empty();
        }
        catch
        {
            storage._file.Dispose();
            throw;
        }

        return storage;
    }

    /// <summary>Closes the file and drops its locks. It does not flush.</summary>
    public ValueTask DisposeAsync()
    {
        if (_isLocked && OperatingSystem.IsLinux() && !_file.IsClosed)
        {
            FileLock.Drop(_file);
        }

        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static FileStorage Open(string path, FileMode mode, FileStorageOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(
                path, mode, options.ReadOnly ? FileAccess.Read : FileAccess.ReadWrite, ShareWithOthers(options));
            if (options.Lock && OperatingSystem.IsLinux())
            {
                FileLock.Take(file, path, !options.ReadOnly);
            }

            FileStorage storage = new(path, file, options);
            file = null;
            return storage;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{path}: opening: {error.Message}", error) { HResult = error.HResult };
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static FileShare ShareWithOthers(FileStorageOptions options)
    {
        if (OperatingSystem.IsLinux() || !options.Lock)
        {
            return FileShare.ReadWrite | FileShare.Delete;
        }

        return options.ReadOnly ? FileShare.Read : FileShare.None;
    }

    private static ulong MeasureLength(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (ulong)RandomAccess.GetLength(file);
        }

        // Seeking also measures block devices, whose status says 0.
        long end = LinuxFile.Seek(file, 0, LinuxFile.SeekEnd);
        return end >= 0 ? (ulong)end : throw StorageErrors.FromSystem((int)-end, path, "measuring the length");
    }

    private static uint MakeDirect(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new IOException($"{path}: direct I/O is available on Linux only");
        }

        int error = LinuxFile.MakeDirect(file);
        if (error != 0)
        {
            throw StorageErrors.FromSystem(error, path, "switching to direct I/O, which the file system must support");
        }

        uint alignment = LinuxFile.DirectAlignment(file);
        if (alignment > LargestAlignment)
        {
            throw new IOException(
                $"{path}: direct I/O needs an alignment of {alignment}; at most {LargestAlignment} is supported");
        }

        return alignment == 0 ? LargestAlignment : Math.Max(alignment, SmallestAlignment);
    }

    /// <summary>Why a change may not start; null when it may.</summary>
    private Exception? RefusalOfChange(string operation, ulong offset, ulong length)
    {
        if (IsReadOnly)
        {
            return StorageErrors.ReadOnly(Name, StorageErrors.Describe(operation, offset, length));
        }

        return offset > long.MaxValue || length > long.MaxValue - offset
            ? StorageErrors.PastLargestOffset(Name, operation, offset, length)
            : null;
    }
}
