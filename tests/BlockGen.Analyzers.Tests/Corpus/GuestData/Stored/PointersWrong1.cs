// detour: pointers
internal sealed unsafe class Keeper(Stream log)
{
    [ReviewedGuestAccess("pinned")]
    public void Log(GuestReadBuffer target)
    {
        using MemoryHandle pin = target.DangerousGetMemory().Pin();
        byte* start = (byte*)pin.Pointer;
        byte first = *start;
        log.WriteByte(first); // expect: BG3001
    }
}
