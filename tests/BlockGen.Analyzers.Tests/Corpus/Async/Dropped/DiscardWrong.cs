internal sealed class Flusher(IStorage storage)
{
    public void Flush(CancellationToken cancellation)
    {
        _ = storage.FlushAsync(cancellation); // expect: BG4006
    }
}
