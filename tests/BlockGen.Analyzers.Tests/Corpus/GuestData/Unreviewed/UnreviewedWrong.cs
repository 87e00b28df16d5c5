internal static class Doors
{
    public static int Bytes(GuestReadBuffer target) => target.DangerousGetMemory().Length; // expect: BG3010
}
