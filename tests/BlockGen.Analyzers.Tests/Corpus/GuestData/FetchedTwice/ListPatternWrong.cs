internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("looked at")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (source.DangerousGetMemory().Span is [0, 0, ..])
        {
            return;
        }

        await storage.WriteAsync(at, source, cancellation); // expect: BG3002
    }
}
