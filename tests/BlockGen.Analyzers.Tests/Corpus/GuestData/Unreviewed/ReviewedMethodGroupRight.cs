internal static class Doors
{
    [ReviewedGuestAccess("only its length is asked for")]
    public static int Length(GuestWriteBuffer source) => Use(source.DangerousGetMemory);

    private static int Use(Func<ReadOnlyMemory<byte>> door) => door().Length;
}
