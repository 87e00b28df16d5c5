internal static class Doors
{
    [ReviewedGuestAccess("only measured")]
    public static int Bytes(GuestReadBuffer target) => target.DangerousGetMemory().Length;

    [ReviewedGuestAccess("only measured")]
    public static int Last { get; } = new GuestReadBuffer(new byte[4]).DangerousGetMemory().Length;
}
