internal sealed class Mirror(IReadOnlyList<IStorage> storages)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation) =>
        await Task.WhenAll(storages.Select(storage =>
            storage.WriteAsync(at, source, cancellation).AsTask())); // expect: BG3002
}
