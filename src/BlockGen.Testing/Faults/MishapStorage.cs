namespace BlockGen.Testing;

/// <summary>What happens to one request.</summary>
internal enum Mishap
{
    /// <summary>The device fails.</summary>
    InputOutput,

    /// <summary>The storage is full.</summary>
    NoSpace,

    /// <summary>A signal interrupts the call.</summary>
    Interrupted,

    /// <summary>About half of the bytes are read or stored, and then the device fails.</summary>
    HalfDone,

    /// <summary>Nothing happens until the caller cancels.</summary>
    Hang,
}

/// <summary>A storage with one mishap, at the request that so many others came before.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MishapStorage(IStorage inner, Mishap mishap, long ordinal) : StorageFilter(inner)
{
    /// <summary>What the message of every mishap contains.</summary>
    public const string Mark = "injected";

    private const int InterruptedCode = 4; // EINTR

    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _requestCount; // Interlocked

    /// <summary>Whether it has happened.</summary>
    public bool WasHit => Interlocked.Read(ref _requestCount) > ordinal;

    /// <summary>Done when the request hangs.</summary>
    public Task Hangs => _hangs.Task;

    /// <summary>Lets the request that hangs go on.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public override async ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        if (IsHit())
        {
            if (mishap is Mishap.HalfDone)
            {
                await Inner.ReadAsync(offset, target.Slice(0, HalfOf(offset, target.Length)), cancellation)
                    .ConfigureAwait(false);
            }

            await HappenAsync($"read at {offset}", cancellation).ConfigureAwait(false);
        }

        await Inner.ReadAsync(offset, target, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        bool isHit = IsHit();
        bool isHalfDone = isHit && mishap is Mishap.HalfDone;
        if (isHit && !isHalfDone)
        {
            await HappenAsync($"write at {offset}", cancellation).ConfigureAwait(false);
        }

        int length = isHalfDone ? HalfOf(offset, source.Length) : source.Length;
        await Inner.WriteAsync(offset, source.Slice(0, length), cancellation).ConfigureAwait(false);
        if (isHalfDone)
        {
            await HappenAsync($"write at {offset}", cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        await MaybeHappenAsync("zeroing", cancellation).ConfigureAwait(false);
        await Inner.WriteZeroesAsync(range, mode, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask DiscardAsync(HostRange range, CancellationToken cancellation)
    {
        await MaybeHappenAsync("discard", cancellation).ConfigureAwait(false);
        await Inner.DiscardAsync(range, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await MaybeHappenAsync("flush", cancellation).ConfigureAwait(false);
        await Inner.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        await MaybeHappenAsync("new length", cancellation).ConfigureAwait(false);
        await Inner.SetLengthAsync(length, cancellation).ConfigureAwait(false);
    }

    /// <summary>A device stores whole sectors, whatever else goes wrong.</summary>
    private static int HalfOf(HostOffset offset, int length)
    {
        ulong end = (offset.Value + (ulong)length / 2) / SectorModel.SectorBytes * SectorModel.SectorBytes;
        return (int)(Math.Max(end, offset.Value) - offset.Value);
    }

    private bool IsHit() => Interlocked.Increment(ref _requestCount) == ordinal + 1;

    private ValueTask MaybeHappenAsync(string request, CancellationToken cancellation) =>
        IsHit() ? HappenAsync(request, cancellation) : ValueTask.CompletedTask;

    private async ValueTask HappenAsync(string request, CancellationToken cancellation)
    {
        string problem = $"{Mark} into request {ordinal}, {request}";
        switch (mishap)
        {
            case Mishap.NoSpace:
                throw StorageErrors.NoSpace(Name, problem);
            case Mishap.Interrupted:
                throw new IOException($"{Name}: {problem}: Interrupted system call", InterruptedCode);
            case Mishap.Hang:
                _hangs.TrySetResult();
                await _released.Task.WaitAsync(cancellation).ConfigureAwait(false);
                break;
            default:
                throw StorageErrors.InputOutput(Name, problem);
        }
    }
}
