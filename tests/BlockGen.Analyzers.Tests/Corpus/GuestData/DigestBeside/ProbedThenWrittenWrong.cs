internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("zeroes are punched")]
    private static bool IsZero(GuestWriteBuffer source) =>
        source.DangerousGetMemory().Span.IndexOfAnyExcept((byte)0) < 0;

    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        ValueTask write = IsZero(source)
            ? storage.DiscardAsync(new HostRange(at, (ulong)source.Length), cancellation)
            : storage.WriteAsync(at, source, cancellation); // expect: BG3003
        await write;
    }
}
