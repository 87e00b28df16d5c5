internal static class Doors
{
    [ReviewedGuestAccess(" ")]
    public static int Bytes(GuestWriteBuffer source)
    {
        return source.DangerousGetMemory().Length; // expect: BG3010
    }
}
