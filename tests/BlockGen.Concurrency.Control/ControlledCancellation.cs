namespace BlockGen.Concurrency.Control;

/// <summary>Cancellation whose callbacks the explorer runs.</summary>
[StandsFor(typeof(CancellationTokenSource))]
public static class ControlledCancellation
{
    public static Task CancelAsync(CancellationTokenSource source) => Task.Run(source.Cancel);

    /// <summary>Disposing a source that the library has linked waits, unseen, for the other one's callbacks.</summary>
    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken cancellation)
    {
        CancellationTokenSource source = new();
        cancellation.Register(() =>
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // A source that was disposed is linked no longer.
            }
        });
        return source;
    }
}

/// <summary>Disposing a registration waits, unseen, for its callback to end.</summary>
[StandsFor(typeof(CancellationTokenRegistration))]
public static class ControlledRegistration
{
    public static void Dispose(ref CancellationTokenRegistration registration) => registration.Unregister();
}
