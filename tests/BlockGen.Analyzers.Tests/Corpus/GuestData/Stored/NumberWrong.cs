internal sealed class Keeper(BinaryWriter log)
{
    [ReviewedGuestAccess("as a number")]
    public void Log(GuestReadBuffer target)
    {
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(target.DangerousGetMemory().Span);
        ulong swapped = BinaryPrimitives.ReverseEndianness(number) + 1;
        log.Write(swapped); // expect: BG3001
    }
}
