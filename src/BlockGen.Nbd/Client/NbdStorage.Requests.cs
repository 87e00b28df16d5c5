namespace BlockGen.Nbd;

public sealed partial class NbdStorage
{
    private readonly List<ClientRequest> _abandoned = []; // changes the server may still be working on; guarded by itself

    private async ValueTask RunAsync(ClientRequest request, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        cancellation.ThrowIfCancellationRequested();
        await WaitForAbandonedAsync(request, cancellation).ConfigureAwait(false);
        ChooseLink().Send(request);
        try
        {
            await request.Done.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!request.Done.IsCompleted)
        {
            Abandon(request);
            throw;
        }
        catch (IOException failure)
        {
            throw new IOException($"{Name}: {failure.Message}", failure) { HResult = failure.HResult };
        }
    }

    /// <summary>
    /// A change that was cancelled may reach the disk later: what comes after it must not be overwritten by it.
    /// </summary>
    private async ValueTask WaitForAbandonedAsync(ClientRequest request, CancellationToken cancellation)
    {
        while (FindAbandoned(request) is { } earlier)
        {
            await earlier.Done.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private ClientRequest? FindAbandoned(ClientRequest request)
    {
        lock (_abandoned)
        {
            if (_abandoned.Count == 0)
            {
                return null;
            }

            _abandoned.RemoveAll(earlier => earlier.Done.IsCompleted);
            return _abandoned.Find(earlier => earlier.Changes(request.Offset, request.Length));
        }
    }

    private void Abandon(ClientRequest request)
    {
        request.Abandon();
        lock (_abandoned)
        {
            _abandoned.Add(request);
        }
    }
}
