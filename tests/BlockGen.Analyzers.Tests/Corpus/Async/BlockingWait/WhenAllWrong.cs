internal sealed class Flusher(IStorage first, IStorage second)
{
    public void Flush(CancellationToken cancellation)
    {
        Task both = Task.WhenAll(first.FlushAsync(cancellation).AsTask(), second.FlushAsync(cancellation).AsTask());
        both?.Wait(cancellation); // expect: BG4001
    }
}
