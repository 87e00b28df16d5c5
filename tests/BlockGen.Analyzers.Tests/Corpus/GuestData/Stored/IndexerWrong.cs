internal sealed class Shelf
{
    private readonly Dictionary<int, byte[]> _pieces = [];

    public byte[] this[int place]
    {
        get => _pieces[place];
        set => _pieces[place] = value;
    }
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Shelf shelf = new();
        shelf[3] = target.DangerousGetMemory().ToArray();
        await storage.WriteAsync(at, shelf[3], cancellation); // expect: BG3001
    }
}
