internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("by reference")]
    public void Log(GuestReadBuffer target)
    {
        Span<byte> bytes = target.DangerousGetMemory().Span;
        ReadOnlySpan<byte> same = MemoryMarshal.CreateReadOnlySpan(ref bytes[0], 16);
        log.Write(same); // expect: BG3001
    }
}
