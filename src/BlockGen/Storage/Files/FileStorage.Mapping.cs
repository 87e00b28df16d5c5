using System.Runtime.Versioning;

namespace BlockGen;

public sealed partial class FileStorage
{
    private const ulong CopyStepBytes = 8 << 20; // what a cancelled copy still finishes

    /// <inheritdoc/>
    /// <remarks>Where the file system cannot tell, everything before the end is data.</remarks>
    public ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<StorageExtent>(cancellation);
        }

        ulong length = _length.Clamp(range.Start.Value, range.Length);
        if (length == 0)
        {
            return ValueTask.FromResult(new StorageExtent(range.Length, IsHole: true));
        }

        return ValueTask.FromResult(
            OperatingSystem.IsLinux() ? Map(range, length) : new StorageExtent(length, IsHole: false));
    }

    /// <inheritdoc/>
    public async ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        cancellation.ThrowIfCancellationRequested();
        ulong length = _length.Clamp(source.Start.Value, source.Length);
        if (!OperatingSystem.IsLinux()
            || !StorageSlice.TryResolve(target, at, length, out FileStorage? file, out ulong start))
        {
            return 0;
        }

        if (file.RefusalOfChange("copy", start, length) is { } refusal)
        {
            throw refusal;
        }

        using SharedGate.Pass pass = await file.EnterGateAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        return await CopyOnWorkerAsync(source.Start.Value, file, start, length, cancellation).ConfigureAwait(false);
    }

    [SupportedOSPlatform("linux")]
    private Task<ulong> CopyOnWorkerAsync(
        ulong offset, FileStorage target, ulong at, ulong length, CancellationToken cancellation) =>
        _workers.RunAsync(() => Copy(offset, target, at, length, cancellation));

    [SupportedOSPlatform("linux")]
    private StorageExtent Map(HostRange range, ulong length)
    {
        ulong start = range.Start.Value;
        long data = LinuxFile.Seek(_file, start, LinuxFile.SeekData);
        if (data == -LinuxFile.NoSuchRange)
        {
            return new StorageExtent(range.Length, IsHole: true);
        }

        if (data > (long)start)
        {
            return new StorageExtent(Math.Min((ulong)data - start, range.Length), IsHole: true);
        }

        long hole = data < 0 ? data : LinuxFile.Seek(_file, start, LinuxFile.SeekHole);
        ulong known = hole > (long)start ? (ulong)hole - start : length;
        return new StorageExtent(Math.Min(known, length), IsHole: false);
    }

    [SupportedOSPlatform("linux")]
    private ulong Copy(ulong offset, FileStorage target, ulong at, ulong length, CancellationToken cancellation)
    {
        ulong done = 0;
        while (done < length)
        {
            cancellation.ThrowIfCancellationRequested();
            ulong step = Math.Min(CopyStepBytes, length - done);
            long count = LinuxFile.Copy(_file, offset + done, target._file, at + done, step);
            if (count < 0 && !LinuxFile.IsUnsupported((int)-count))
            {
                string request = StorageErrors.Describe("copy", offset + done, step);
                throw StorageErrors.FromSystem((int)-count, Name, $"{request} to {target.Name} at 0x{at + done:x}");
            }

            if (count <= 0)
            {
                break;
            }

            done += (ulong)count;
            target._length.GrowTo(at + done);
        }

        return done;
    }
}
