internal sealed class Halves(byte[] bytes)
{
    public void Deconstruct(out byte[] head, out byte[] tail)
    {
        head = bytes[..(bytes.Length / 2)];
        tail = bytes[(bytes.Length / 2)..];
    }
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        (byte[] _, byte[] tail) = new Halves(target.DangerousGetMemory().ToArray());
        await storage.WriteAsync(at, tail, cancellation); // expect: BG3001
    }
}
