internal sealed class Backend(IStorage storage)
{
    public ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation) =>
        storage.WriteAsync(at, source, cancellation);
}
