// detour: locals
// The variable held guest memory once, but not any more when it is stored.
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("only its length is used")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Memory<byte> memory = target.DangerousGetMemory();
        int length = memory.Length;
        memory = new byte[length];
        await storage.ReadAsync(at, memory, cancellation);
        target.Fill(memory.Span);
        await storage.WriteAsync(at, memory, cancellation);
    }
}
