// detour: lambdas
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("in a task")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Memory<byte> memory = target.DangerousGetMemory();
        await storage.ReadAsync(at, target, cancellation);
        await Task.Run(async () =>
        {
            await storage.WriteAsync(at, memory, cancellation); // expect: BG3001
        });
    }
}
