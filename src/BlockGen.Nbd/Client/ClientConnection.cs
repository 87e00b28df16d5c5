using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BlockGen.Nbd;

/// <summary>One connection to an export: requests go out, and are completed as their answers come.</summary>
internal sealed partial class ClientConnection : IDisposable
{
    private readonly NbdChannel _channel;
    private readonly SendQueue _requests;
    private readonly ConcurrentDictionary<ulong, ClientRequest> _pending = new();
    private long _lastCookie; // Interlocked

    private ClientConnection(NbdChannel channel, AgreedExport export)
    {
        _channel = channel;
        _requests = new SendQueue(channel, _ => { });
        Export = export;
        Ended = Task.Run(ReceiveAsync);
    }

    /// <summary>What the server says of the export.</summary>
    public AgreedExport Export { get; }

    /// <summary>Ends when the connection does; its result is why.</summary>
    public Task<string> Ended { get; }

    /// <summary>Connects and enters the export.</summary>
    /// <exception cref="IOException">There is no server, or it has no such export.</exception>
    public static async ValueTask<ClientConnection> OpenAsync(
        NbdAddress address, NbdStorageOptions options, CancellationToken cancellation)
    {
        NbdChannel channel = await ConnectAsync(address, options, cancellation).ConfigureAwait(false);
        return await WithPatienceAsync(address, channel, options, cancellation, async patience =>
        {
            ClientHandshake handshake = new(channel);
            await handshake.GreetAsync(address, options, patience).ConfigureAwait(false);
            AgreedExport export = await handshake.EnterAsync(address.Export).ConfigureAwait(false);
            return new ClientConnection(channel, export);
        }).ConfigureAwait(false);
    }

    /// <summary>Lists what a server offers.</summary>
    /// <exception cref="IOException">There is no server, or it does not tell.</exception>
    public static async ValueTask<IReadOnlyList<NbdListedExport>> ListAsync(
        NbdAddress address, NbdStorageOptions options, CancellationToken cancellation)
    {
        using NbdChannel channel = await ConnectAsync(address, options, cancellation).ConfigureAwait(false);
        return await WithPatienceAsync(address, channel, options, cancellation, async patience =>
        {
            ClientHandshake handshake = new(channel);
            await handshake.GreetAsync(address, options, patience).ConfigureAwait(false);
            return await handshake.ListAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Sends a request; it completes with its answer, or is taken with <see cref="TakePending"/>.</summary>
    public void Send(ClientRequest request)
    {
        ulong cookie = (ulong)Interlocked.Increment(ref _lastCookie);
        bool isExtended = Export.Style is ReplyStyle.Extended;
        Span<byte> header = stackalloc byte[ExtendedRequest.Size];
        request.ToWire(cookie, isExtended).Write(header, isExtended);
        request.Restart();
        request.AddUser();
        _pending[cookie] = request;
        request.AddUser();
        _requests.Add(
            header[..NbdRequest.HeaderBytes(isExtended)],
            request.Payload?.Memory ?? default,
            request,
            isLast: true);
    }

    /// <summary>The requests without an answer, as they were sent. The caller disposes of them.</summary>
    public IReadOnlyList<ClientRequest> TakePending()
    {
        List<ClientRequest> taken = [];
        foreach (ulong cookie in _pending.Keys.Order())
        {
            if (_pending.TryRemove(cookie, out ClientRequest? request))
            {
                taken.Add(request);
            }
        }

        return taken;
    }

    /// <summary>Says good-bye and closes.</summary>
    public async ValueTask LeaveAsync()
    {
        Span<byte> header = stackalloc byte[ExtendedRequest.Size];
        bool isExtended = Export.Style is ReplyStyle.Extended;
        new NbdRequest(NbdCommand.Disconnect, CommandFlags.None, 0, 0, 0).Write(header, isExtended);
        _requests.Add(header[..NbdRequest.HeaderBytes(isExtended)], default, owner: null, isLast: true);

        // A server that does not close in answer is not waited for long.
        await Task.WhenAny(Ended, Task.Delay(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
        Dispose();
        await Ended.ConfigureAwait(false);
    }

    /// <summary>Closes at once.</summary>
    public void Dispose() => _channel.Dispose();

    private static async ValueTask<NbdChannel> ConnectAsync(
        NbdAddress address, NbdStorageOptions options, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.ConnectTime);
        Socket socket = address.EndPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.EndPoint, patience.Token).ConfigureAwait(false);
            return new NbdChannel(socket);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            socket.Dispose();
            string where = address.EndPoint is DnsEndPoint named ? $"{named.Host}:{named.Port}" : $"{address.EndPoint}";
            string reason = failure is OperationCanceledException ? "Connection timed out" : failure.Message;
            throw new IOException($"Failed to connect to '{where}': {reason}", failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<TResult> WithPatienceAsync<TResult>(
        NbdAddress address,
        NbdChannel channel,
        NbdStorageOptions options,
        CancellationToken cancellation,
        Func<CancellationToken, ValueTask<TResult>> talk)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.ConnectTime);
        await using CancellationTokenRegistration limit = patience.Token.Register(channel.Close);
        try
        {
            return await talk(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException || NbdChannel.IsLoss(failure)
            || failure is System.Security.Authentication.AuthenticationException)
        {
            channel.Dispose();
            cancellation.ThrowIfCancellationRequested();
            string reason = patience.IsCancellationRequested ? "the server does not answer" : failure.Message;
            throw new IOException($"{address}: {reason}", failure);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }
}
