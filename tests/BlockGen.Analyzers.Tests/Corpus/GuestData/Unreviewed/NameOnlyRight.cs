internal static class Names
{
    public static string Member(GuestReadBuffer target) =>
        $"{nameof(target.DangerousGetMemory)} of {typeof(GuestReadBuffer).Name} with {target.Length} bytes";

    public static string Other => nameof(GuestWriteBuffer.DangerousGetMemory);
}
