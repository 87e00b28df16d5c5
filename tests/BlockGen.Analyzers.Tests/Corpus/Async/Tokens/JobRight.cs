internal sealed class Job(IStorage storage)
{
    private readonly CancellationTokenSource _stop = new();

    public Task RunAsync() => Task.Run(() => FlushAsync(_stop.Token));

    private async Task FlushAsync(CancellationToken cancellation) => await storage.FlushAsync(cancellation);
}
