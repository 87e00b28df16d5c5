internal sealed class Backend(IStorage storage)
{
    public void Flush(CancellationToken cancellation) =>
        storage.FlushAsync(cancellation).AsTask().GetAwaiter().GetResult(); // expect: BG4001

    public int Read(Stream stream, byte[] bytes, CancellationToken cancellation)
    {
        Task<int> read = stream.ReadAsync(bytes, 0, bytes.Length, cancellation);
        return read.ConfigureAwait(false).GetAwaiter().GetResult(); // expect: BG4001
    }

    public void All(Task[] writes)
    {
        Task.WaitAll(writes); // expect: BG4001
    }
}
