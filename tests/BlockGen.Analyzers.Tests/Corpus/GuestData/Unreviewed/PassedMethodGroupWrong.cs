internal static class Doors
{
    public static int Length(GuestWriteBuffer source) => Use(source.DangerousGetMemory); // expect: BG3010

    private static int Use(Func<ReadOnlyMemory<byte>> door) => door().Length;
}
