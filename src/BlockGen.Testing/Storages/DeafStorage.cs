namespace BlockGen.Testing;

/// <summary>
/// A storage whose long writes hang, when asked to, whatever is cancelled: a device that does not answer.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="inner">The storage behind it.</param>
/// <param name="longBytes">The shortest write that hangs.</param>
public sealed class DeafStorage(IStorage inner, int longBytes) : StorageFilter(inner)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the first write hangs.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets all writes pass.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (source.Length >= longBytes)
        {
            _reached.TrySetResult();
            await _released.Task.ConfigureAwait(false);
        }

        await base.WriteAsync(offset, source, CancellationToken.None).ConfigureAwait(false);
    }
}
