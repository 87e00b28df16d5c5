// XSA-155 (CVE-2015-8550): Xen's block backends checked a request in shared memory and read it again to execute it.
internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("the marker is looked at")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (source.DangerousGetMemory().Span[0] != 0x7F)
        {
            throw new InvalidDataException("no marker");
        }

        await storage.WriteAsync(at, source, cancellation); // expect: BG3002
    }
}
