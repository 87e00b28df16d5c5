using System.Threading.Channels;

internal sealed class Server(Channel<HostRange> requests, IStorage storage)
{
    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        await foreach (HostRange range in requests.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await storage.DiscardAsync(range, cancellation).ConfigureAwait(false);
        }
    }
}
