namespace BlockGen.Tests.Copying;

/// <summary>Requests that hang, and say when they do.</summary>
internal sealed class Hang
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the first request hangs.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Hangs until cancelled.</summary>
    public static async ValueTask Forever(GuestRange range, CancellationToken cancellation) =>
        await new TaskCompletionSource().Task.WaitAsync(cancellation);

    /// <summary>Lets every request pass, also those to come.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Hangs until released, deaf to cancellation.</summary>
    public async ValueTask Deaf(GuestRange range, CancellationToken cancellation)
    {
        _reached.TrySetResult();
        await _released.Task;
    }

    /// <summary>Hangs until released or cancelled.</summary>
    public async ValueTask Polite(GuestRange range, CancellationToken cancellation)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(cancellation);
    }
}
