internal sealed class Backend(IStorage storage, byte[] known)
{
    [ReviewedGuestAccess("compared")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> bytes = source.DangerousGetMemory();
        bool isKnown = bytes.Span.SequenceEqual(known);
        if (!isKnown)
        {
            await storage.WriteAsync(at, bytes, cancellation); // expect: BG3002
        }
    }
}
