[InlineArray(8)]
internal struct Eight
{
    private byte _first;
}

internal sealed class Reader(FileStream file)
{
    [ReviewedGuestAccess("only filled")]
    public void Read(GuestReadBuffer target)
    {
        Eight head = default;
        head[0] = 0x51;
        ((ReadOnlySpan<byte>)head).CopyTo(target.DangerousGetMemory().Span);
        file.Write(head);
    }
}
