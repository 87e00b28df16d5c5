// Lambdas and local functions of a reviewed member are reviewed with it.
internal static class Doors
{
    [ReviewedGuestAccess("only measured")]
    public static int Bytes(GuestReadBuffer target)
    {
        Func<int> first = () => target.DangerousGetMemory().Length;
        return first() + Second();

        int Second() => target.DangerousGetMemory().Length;
    }
}
