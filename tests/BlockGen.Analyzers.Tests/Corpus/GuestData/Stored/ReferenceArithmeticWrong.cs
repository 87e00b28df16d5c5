internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("by reference")]
    public void Log(GuestReadBuffer target)
    {
        ref byte first = ref MemoryMarshal.GetReference(target.DangerousGetMemory().Span);
        byte third = Unsafe.Add(ref first, 2);
        log.WriteByte(third); // expect: BG3001
    }
}
