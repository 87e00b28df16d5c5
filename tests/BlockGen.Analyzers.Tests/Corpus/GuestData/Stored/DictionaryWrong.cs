internal sealed class Keeper(Stream log)
{
    [ReviewedGuestAccess("by its number")]
    public void Log(GuestReadBuffer target)
    {
        Dictionary<int, byte[]> byNumber = new() { [3] = target.DangerousGetMemory().ToArray() };
        if (byNumber.TryGetValue(3, out byte[]? found))
        {
            log.Write(found); // expect: BG3001
        }
    }
}
