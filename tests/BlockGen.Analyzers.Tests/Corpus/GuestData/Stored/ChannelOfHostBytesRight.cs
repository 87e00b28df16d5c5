using System.Threading.Channels;

internal sealed class Reader(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Channel<byte[]> channel = Channel.CreateBounded<byte[]>(1);
        byte[] bytes = new byte[target.Length];
        await storage.ReadAsync(at, bytes, cancellation);
        await channel.Writer.WriteAsync(bytes, cancellation);
        byte[] again = await channel.Reader.ReadAsync(cancellation);
        target.Fill(again);
        await storage.WriteAsync(at + 65536, again, cancellation);
    }
}
