internal static class Ambient
{
    private static readonly AsyncLocal<GuestReadBuffer> Current = new();

    public static void Enter(GuestReadBuffer target)
    {
        Current.Value = target; // expect: BG3004
    }

    public static int Length => Current.Value.Length;
}
