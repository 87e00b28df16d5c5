internal sealed class Keeper(FileStream file)
{
    private static ref byte Last(Span<byte> bytes) => ref bytes[^1];

    [ReviewedGuestAccess("its last byte")]
    public void Keep(GuestReadBuffer target)
    {
        byte last = Last(target.DangerousGetMemory().Span);
        file.WriteByte(last); // expect: BG3001
    }
}
