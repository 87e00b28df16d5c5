using System.Threading.Channels;

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Channel<byte[]> channel = Channel.CreateBounded<byte[]>(4);
        await storage.ReadAsync(at, target, cancellation);
        await channel.Writer.WriteAsync(target.DangerousGetMemory().ToArray(), cancellation);
        byte[] bytes = await channel.Reader.ReadAsync(cancellation);
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
