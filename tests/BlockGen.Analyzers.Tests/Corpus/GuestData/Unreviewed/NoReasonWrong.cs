internal static class Look
{
    public static int Length(GuestWriteBuffer source) => source.DangerousGetMemory().Length; // expect: BG3010
}
