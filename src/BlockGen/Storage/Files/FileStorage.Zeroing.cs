using System.Runtime.Versioning;

namespace BlockGen;

public sealed partial class FileStorage
{
    /// <inheritdoc/>
    public async ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (RefusalOfChange("writing zeroes", range.Start.Value, range.Length) is { } refusal)
        {
            throw refusal;
        }

        if (range.Length > 0 && !await TryZeroInPlaceAsync(range, mode, cancellation).ConfigureAwait(false))
        {
            await ZeroBytes.WriteAsync(this, range, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DiscardAsync(HostRange range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (RefusalOfChange("discard", range.Start.Value, range.Length) is { } refusal)
        {
            throw refusal;
        }

        ulong length = _length.Clamp(range.Start.Value, range.Length);
        if (length > 0 && OperatingSystem.IsLinux())
        {
            using SharedGate.Pass pass = await EnterGateAsync(isExclusive: false, cancellation).ConfigureAwait(false);
            await PunchOnWorkerAsync(range with { Length = length }).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (RefusalOfChange("setting the length", length, 0) is { } refusal)
        {
            throw refusal;
        }

        using SharedGate.Pass pass = await EnterGateAsync(isExclusive: true, cancellation).ConfigureAwait(false);
        await _workers.RunAsync(() => CutOrGrow(length)).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryZeroInPlaceAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using SharedGate.Pass pass = await EnterGateAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        return await ZeroOnWorkerAsync(range, mode).ConfigureAwait(false);
    }

    [SupportedOSPlatform("linux")]
    private Task PunchOnWorkerAsync(HostRange range) =>
        _workers.RunAsync(() => TryAllocate(LinuxFile.PunchHole | LinuxFile.KeepSize, range, "discard"));

    [SupportedOSPlatform("linux")]
    private Task<bool> ZeroOnWorkerAsync(HostRange range, ZeroMode mode) =>
        _workers.RunAsync(() => TryZeroInPlace(range, mode));

    [SupportedOSPlatform("linux")]
    private bool TryZeroInPlace(HostRange range, ZeroMode mode)
    {
        const string operation = "writing zeroes";
        if (mode == ZeroMode.KeepAllocated)
        {
            if (!TryAllocate(LinuxFile.ZeroRange, range, operation))
            {
                return false;
            }

            _length.GrowTo(range.End);
            return true;
        }

        // Allocating the last byte makes the file longer without the risk of cutting what another write appends.
        if (range.End > Length)
        {
            if (!TryAllocate(0, new HostRange(range.End - 1, 1), operation))
            {
                return false;
            }

            _length.GrowTo(range.End);
        }

        return TryAllocate(LinuxFile.PunchHole | LinuxFile.KeepSize, range, operation);
    }

    [SupportedOSPlatform("linux")]
    private bool TryAllocate(int mode, HostRange range, string operation)
    {
        int error = LinuxFile.Allocate(_file, mode, range.Start.Value, range.Length);
        if (error == 0)
        {
            return true;
        }

        string request = StorageErrors.Describe(operation, range.Start.Value, range.Length);
        return LinuxFile.IsUnsupported(error) ? false : throw StorageErrors.FromSystem(error, Name, request);
    }

    /// <summary>Cuts a file to nothing; a block device keeps its length and its bytes.</summary>
    private void Empty()
    {
        try
        {
            CutOrGrow(0);
        }
        catch (IOException error) when (OperatingSystem.IsLinux() && error.HResult == LinuxFile.Invalid)
        {
            // Only what has no length of its own to change refuses to be cut to nothing.
        }
    }

    private bool CutOrGrow(ulong length)
    {
        try
        {
            RandomAccess.SetLength(_file, (long)length);
        }
        catch (Exception error) when (StorageErrors.IsSystemError(error))
        {
            throw StorageErrors.Wrap(error, Name, $"setting the length to {length} bytes");
        }

        _length.Set(length);
        return true;
    }
}
