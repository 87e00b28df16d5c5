// detour: properties
internal sealed class Keeper(IStorage storage)
{
    private byte[] Last { get; set; } = [];

    [ReviewedGuestAccess("a copy is kept")]
    public void Remember(GuestReadBuffer target) => Last = target.DangerousGetMemory().ToArray();

    public ValueTask SaveAsync(HostOffset at, CancellationToken cancellation) =>
        storage.WriteAsync(at, Last, cancellation); // expect: BG3001
}
