namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>
/// A storage whose long writes hang, when asked to, whatever is cancelled: a device that does not answer.
/// </summary>
internal sealed class DeafStorage(IStorage inner, int longBytes) : StorageFilter(inner)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the first write hangs.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets all writes pass.</summary>
    public void Release() => _released.TrySetResult();

    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (source.Length >= longBytes)
        {
            _reached.TrySetResult();
            await _released.Task;
        }

        await base.WriteAsync(offset, source, CancellationToken.None);
    }
}
