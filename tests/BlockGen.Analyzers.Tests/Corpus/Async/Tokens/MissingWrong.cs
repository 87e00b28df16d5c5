internal sealed class Syncer(IStorage storage)
{
    public async ValueTask SyncAsync() // expect: BG4003
    {
        await storage.FlushAsync(CancellationToken.None);
    }

    internal async Task<int> ReadAsync(Stream input, byte[] target) => await input.ReadAsync(target); // expect: BG4003
}
