internal sealed class Backend(IStorage storage)
{
    public async ValueTask FlushAsync(int times, CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation);
        for (int i = 0; i < times; i++)
        {
            await flush; // expect: BG4004
        }
    }

    public async ValueTask BothAsync(CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation);
        await flush;
        await flush.AsTask(); // expect: BG4004
    }
}
