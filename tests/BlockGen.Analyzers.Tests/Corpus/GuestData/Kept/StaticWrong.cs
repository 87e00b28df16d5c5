internal static class Last
{
    private static GuestReadBuffer? Buffer { get; set; }

    public static void Remember(GuestReadBuffer target)
    {
        Buffer = target; // expect: BG3004
    }

    public static int Bytes => Buffer?.Length ?? 0;
}
