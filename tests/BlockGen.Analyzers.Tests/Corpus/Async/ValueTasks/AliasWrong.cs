// detour: a second local and a field
internal sealed class Flusher(IStorage storage)
{
    private ValueTask _last;

    public async Task AliasAsync(CancellationToken cancellation)
    {
        ValueTask first = storage.FlushAsync(cancellation);
        ValueTask same = first;
        await first;
        await same; // expect: BG4004
    }

    public async Task FieldAsync(CancellationToken cancellation)
    {
        _last = storage.FlushAsync(cancellation);
        await _last;
        await _last; // expect: BG4004
    }
}
