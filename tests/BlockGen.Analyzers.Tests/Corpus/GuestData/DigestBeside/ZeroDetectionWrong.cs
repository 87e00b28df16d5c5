internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("is it all zeroes?")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (!source.DangerousGetMemory().Span.ContainsAnyExcept((byte)0))
        {
            await storage.WriteZeroesAsync(new HostRange(at, (ulong)source.Length), ZeroMode.MayUnmap, cancellation);
            return;
        }

        await storage.WriteAsync(at, source, cancellation); // expect: BG3003
    }
}
