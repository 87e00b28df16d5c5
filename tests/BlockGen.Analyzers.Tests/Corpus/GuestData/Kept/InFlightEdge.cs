// The tasks and the lambda are waited for before the request completes; a list of them lives as long.
internal sealed class Backend(IStorage storage)
{
    public async Task WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        List<Task> tasks = [];
        for (int done = 0; done < source.Length; done += 4096)
        {
            GuestWriteBuffer part = source.Slice(done, Math.Min(4096, source.Length - done));
            tasks.Add(storage.WriteAsync(at + (ulong)done, part, cancellation).AsTask());
        }

        await Task.WhenAll(tasks);
    }

    public async Task ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Task work = Task.Run(async () => await storage.ReadAsync(at, target, cancellation), cancellation);
        await work.ConfigureAwait(false);
    }

    public ValueTask PassAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        ValueTask read = storage.ReadAsync(at, target, cancellation);
        return read.IsCompletedSuccessfully ? default : Finish(read);

        static async ValueTask Finish(ValueTask read) => await read;
    }
}
