internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("its kind is looked at")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> head = source.DangerousGetMemory()[..16];
        GuestWriteBuffer same = source;
        byte kind = head.Span[3];
        if (kind == 2)
        {
            await storage.WriteAsync(at, same, cancellation); // expect: BG3002
        }
    }
}
