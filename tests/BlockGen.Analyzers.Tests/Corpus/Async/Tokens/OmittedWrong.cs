internal sealed class Reader(SemaphoreSlim gate, Stream input)
{
    public async Task<int> FillAsync(Memory<byte> target, CancellationToken stop)
    {
        await gate.WaitAsync(); // expect: BG4002
        try
        {
            return await input.ReadAsync(target); // expect: BG4002
        }
        finally
        {
            gate.Release();
        }
    }
}
