internal readonly struct Wrapped(byte[] bytes)
{
    private readonly byte[] _bytes = bytes;

    public static implicit operator Wrapped(Memory<byte> memory) => new(memory.ToArray());

    public static explicit operator byte[](Wrapped wrapped) => wrapped._bytes;
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Wrapped wrapped = target.DangerousGetMemory();
        await storage.WriteAsync(at, (byte[])wrapped, cancellation); // expect: BG3001
    }
}
