namespace BlockGen.Nbd;

/// <summary>A request to a server, until it is answered, on whichever connection that happens.</summary>
/// <remarks>
/// Its memory is given back when nobody uses it any more: who asked, the connection that waits for the answer, and the
/// queue that sends it.
/// </remarks>
internal sealed class ClientRequest(NbdCommand command, CommandFlags flags, ulong offset, ulong length) : IDisposable
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _userCount = 1; // Interlocked

    public NbdCommand Command => command;

    public CommandFlags Flags => flags;

    public ulong Offset => offset;

    public ulong Length => length;

    /// <summary>What is sent after the header.</summary>
    public BounceBuffer? Payload { get; init; }

    /// <summary>What a read fills.</summary>
    public BounceBuffer? Target { get; init; }

    /// <summary>What a status request learns.</summary>
    public List<StatusExtent> Extents { get; } = [];

    /// <summary>Which of the target's bytes have come.</summary>
    public ReceivedRanges Received { get; } = new();

    /// <summary>What the server says went wrong, before its last chunk.</summary>
    public IOException? Failure { get; set; }

    /// <summary>Whether nobody waits for it any more: it is not sent again.</summary>
    public bool IsAbandoned { get; private set; }

    public Task Done => _done.Task;

    /// <summary>Whether it changes bytes of that range.</summary>
    public bool Changes(ulong start, ulong count) =>
        command is NbdCommand.Write or NbdCommand.WriteZeroes or NbdCommand.Trim
        && offset < start + count && start < offset + length;

    public NbdRequest ToWire(ulong cookie, bool isExtended) => new(
        command,
        isExtended && Payload is not null ? flags | CommandFlags.HasPayload : flags,
        cookie,
        offset,
        length);

    /// <summary>Forgets what an earlier connection has answered.</summary>
    public void Restart()
    {
        Received.Clear();
        Extents.Clear();
        Failure = null;
    }

    public void Complete()
    {
        if (Failure is { } failure)
        {
            _done.TrySetException(failure);
        }
        else
        {
            _done.TrySetResult();
        }
    }

    public void Fail(Exception failure) => _done.TrySetException(failure);

    public void Abandon()
    {
        IsAbandoned = true;

        // Nobody is left to look at how it ends.
        _ = _done.Task.ContinueWith(
            ended => ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Keeps the memory; a <see cref="Dispose"/> must follow.</summary>
    public void AddUser() => Interlocked.Increment(ref _userCount);

    /// <summary>Lets the memory go, as far as one user is concerned.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _userCount) == 0)
        {
            Payload?.Dispose();
            Target?.Dispose();
        }
    }
}
