internal static class Keeper
{
    [ReviewedGuestAccess("as text")]
    public static void Log(string path, GuestReadBuffer target)
    {
        string text = Convert.ToHexString(target.DangerousGetMemory().Span);
        File.AppendAllText(path, $"read: {text}\n"); // expect: BG3001
    }
}
