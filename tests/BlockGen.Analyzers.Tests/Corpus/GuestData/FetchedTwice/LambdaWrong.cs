internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("checked")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        Func<bool> isEmpty = () => source.DangerousGetMemory().Span[0] == 0;
        if (!isEmpty())
        {
            await storage.WriteAsync(at, source, cancellation); // expect: BG3002
        }
    }
}
