// detour: MemoryMarshal
internal sealed class Keeper(FileStream log)
{
    [ReviewedGuestAccess("as words")]
    public void Log(GuestReadBuffer target)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(target.DangerousGetMemory().Span);
        byte[] first = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(first, words[0]);
        log.Write(first); // expect: BG3001
    }
}
