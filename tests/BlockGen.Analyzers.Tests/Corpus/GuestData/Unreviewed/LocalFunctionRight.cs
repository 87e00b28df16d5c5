internal static class Doors
{
    [ReviewedGuestAccess("what is inside of it only measures")]
    public static int Length(GuestWriteBuffer source)
    {
        return Local();

        int Local() => source.DangerousGetMemory().Length;
    }
}
