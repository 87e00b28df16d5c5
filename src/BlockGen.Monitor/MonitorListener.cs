using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BlockGen.Nbd;

namespace BlockGen.Monitor;

/// <summary>A socket at which clients speak to a daemon.</summary>
/// <remarks>Thread-safe. A Unix socket is its owner's alone; its file goes with the listener.</remarks>
public sealed class MonitorListener : IAsyncDisposable
{
    private readonly StorageDaemon _daemon;
    private readonly bool _isIndented;
    private readonly EndPoint _endPoint;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private readonly Task _accepting;

    /// <summary>Listens.</summary>
    /// <param name="daemon">Who answers.</param>
    /// <param name="endPoint">Where.</param>
    /// <param name="isIndented">Whether messages are laid out for people.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public MonitorListener(StorageDaemon daemon, EndPoint endPoint, bool isIndented)
    {
        ArgumentNullException.ThrowIfNull(daemon);
        ArgumentNullException.ThrowIfNull(endPoint);
        (_daemon, _endPoint, _isIndented) = (daemon, endPoint, isIndented);
        _socket = ListeningSocket.Open(endPoint);
        EndPoint = _socket.LocalEndPoint ?? endPoint;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens; the port is the one that was free.</summary>
    public EndPoint EndPoint { get; }

    /// <summary>Disconnects the clients and returns when nothing is left of them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _socket.Dispose();
        ListeningSocket.RemoveFile(_endPoint);
        await Task.WhenAll(_sessions.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Task session = ServeAsync(client);
                _sessions[session] = true;
                _ = session.ContinueWith(
                    ended => _sessions.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception ending) when (ending is OperationCanceledException or SocketException)
        {
            // No more clients; those that are here stay.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        NetworkStream stream = new(client, ownsSocket: true);
        await using (stream.ConfigureAwait(false))
        {
            await _daemon.ServeAsync(stream, _isIndented, _stop.Token).ConfigureAwait(false);
        }
    }
}
