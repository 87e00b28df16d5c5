internal sealed class Backend(IStorage storage)
{
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await storage.FlushAsync(default); // expect: BG4002
        await Task.Delay(10); // expect: BG4002
        cancellation.ThrowIfCancellationRequested();
    }
}
