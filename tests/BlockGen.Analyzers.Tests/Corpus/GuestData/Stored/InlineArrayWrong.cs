[InlineArray(16)]
internal struct Sixteen
{
    private byte _first;
}

internal sealed class Keeper(FileStream file)
{
    [ReviewedGuestAccess("its beginning")]
    public void Keep(GuestReadBuffer target)
    {
        Sixteen head = default;
        target.DangerousGetMemory().Span[..16].CopyTo(head);
        file.Write(head); // expect: BG3001
    }
}
