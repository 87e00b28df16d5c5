internal static class Verifier
{
    [ReviewedGuestAccess("checked twice")]
    public static bool IsStable(GuestReadBuffer target)
    {
        byte first = target.DangerousGetMemory().Span[0];
        byte second = target.DangerousGetMemory().Span[0]; // expect: BG3002
        return first == second;
    }
}
