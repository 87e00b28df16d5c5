internal static class Look
{
    [ReviewedGuestAccess("only its length is taken")]
    public static int Length(GuestWriteBuffer source) => source.DangerousGetMemory().Length;
}
