internal static class Doors
{
    [ReviewedGuestAccess("")]
    public static int Length(GuestWriteBuffer source)
    {
        Func<int> length = () => source.DangerousGetMemory().Length; // expect: BG3010
        return length();
    }
}
