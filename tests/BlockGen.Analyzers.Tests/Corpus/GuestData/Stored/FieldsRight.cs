// detour: fields
// One field holds guest bytes, another one is stored.
internal sealed class Keeper(IStorage storage)
{
    private readonly byte[] _own = new byte[512];
    private byte[] _shown = [];

    [ReviewedGuestAccess("shown to the operator and never stored")]
    public void Show(GuestReadBuffer target) => _shown = target.DangerousGetMemory().ToArray();

    public int ShownBytes => _shown.Length;

    public ValueTask SaveAsync(HostOffset at, CancellationToken cancellation) =>
        storage.WriteAsync(at, _own, cancellation);
}
