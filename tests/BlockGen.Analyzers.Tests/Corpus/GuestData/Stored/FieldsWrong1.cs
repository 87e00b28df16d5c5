// detour: fields
internal sealed class Keeper(IStorage storage)
{
    private byte[] _last = [];

    [ReviewedGuestAccess("a copy is kept")]
    public void Remember(GuestReadBuffer target) => _last = target.DangerousGetMemory().ToArray();

    public ValueTask SaveAsync(HostOffset at, CancellationToken cancellation) =>
        storage.WriteAsync(at, _last, cancellation); // expect: BG3001
}
