internal sealed class Worker(IStorage storage)
{
    private readonly CancellationTokenSource _stop = new();
    private Task _last = Task.CompletedTask;

    public void Start()
    {
        _ = RunAsync();
        _last = storage.FlushAsync(_stop.Token).AsTask();
    }

    public Task StopAsync()
    {
        _stop.Cancel();
        return _last;
    }

    private async Task RunAsync()
    {
        try
        {
            await storage.FlushAsync(_stop.Token);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            _stop.Cancel();
        }
    }
}
