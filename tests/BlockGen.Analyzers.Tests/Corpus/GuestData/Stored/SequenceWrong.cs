internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("as a sequence")]
    public void Log(GuestReadBuffer target)
    {
        ReadOnlySequence<byte> sequence = new(target.DangerousGetMemory());
        foreach (ReadOnlyMemory<byte> segment in sequence)
        {
            log.Write(segment.Span); // expect: BG3001
        }
    }
}
