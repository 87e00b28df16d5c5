internal static class Dump
{
    [ReviewedGuestAccess("dumped")]
    public static void To(string path, GuestReadBuffer target)
    {
        File.WriteAllBytes(path, target.DangerousGetMemory().ToArray()); // expect: BG3001
    }
}
