internal static class Doors
{
    public static Func<Memory<byte>> Door(GuestReadBuffer target)
    {
        Func<Memory<byte>> door = target.DangerousGetMemory; // expect: BG3010
        return () => door()[..1];
    }
}
