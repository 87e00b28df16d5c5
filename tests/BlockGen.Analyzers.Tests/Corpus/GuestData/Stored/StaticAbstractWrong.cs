internal interface ICopier
{
    static abstract byte[] Copy(ReadOnlySpan<byte> bytes);
}

internal sealed class Reversed : ICopier
{
    public static byte[] Copy(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        Array.Reverse(copy);
        return copy;
    }
}

internal sealed class Keeper<TCopier>(IStorage storage)
    where TCopier : ICopier
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] bytes = TCopier.Copy(target.DangerousGetMemory().Span);
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
