internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("looked for a marker")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        bool hasMarker = false;
        for (int i = 0; i < source.Length; i++)
        {
            hasMarker |= source.DangerousGetMemory().Span[i] == 0xEE;
        }

        HostOffset place = hasMarker ? at + 4096 : at;
        await storage.WriteAsync(place, source, cancellation); // expect: BG3002
    }
}
