internal sealed class Writer(IStorage storage)
{
    public void Store(HostOffset at, byte[] record, CancellationToken cancellation)
    {
        storage.WriteAsync(at, record, cancellation); // expect: BG4006
        _ = storage.FlushAsync(cancellation); // expect: BG4006
    }
}
