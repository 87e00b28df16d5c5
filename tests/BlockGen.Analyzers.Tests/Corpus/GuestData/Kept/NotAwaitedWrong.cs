internal sealed class Backend(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        ValueTask write = storage.WriteAsync(at, source, cancellation); // expect: BG3004
        if (source.Length > 4096)
        {
            await write;
        }
    }
}
