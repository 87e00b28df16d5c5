internal sealed class Keeper(FileStream file)
{
    [ReviewedGuestAccess("byte by byte")]
    public void Keep(GuestReadBuffer target)
    {
        foreach (ref readonly byte one in target.DangerousGetMemory().Span)
        {
            file.WriteByte((byte)(one ^ 0xff)); // expect: BG3001
        }
    }
}
