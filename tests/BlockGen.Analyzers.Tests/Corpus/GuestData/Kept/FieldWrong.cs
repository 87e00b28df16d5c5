internal sealed class Queue(IStorage storage)
{
    private GuestWriteBuffer _waiting;

    public void Enqueue(GuestWriteBuffer source) => _waiting = source; // expect: BG3004

    public ValueTask RunAsync(HostOffset at, CancellationToken cancellation) =>
        storage.WriteAsync(at, _waiting, cancellation);
}
