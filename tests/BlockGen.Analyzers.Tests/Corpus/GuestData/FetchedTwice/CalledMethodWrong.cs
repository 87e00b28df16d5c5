internal sealed class Backend(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        Check(source);
        await storage.WriteAsync(at, source, cancellation); // expect: BG3002
    }

    [ReviewedGuestAccess("checked")]
    private static void Check(GuestWriteBuffer source)
    {
        foreach (byte value in source.DangerousGetMemory().Span)
        {
            if (value == 0xFF)
            {
                throw new InvalidDataException();
            }
        }
    }
}
