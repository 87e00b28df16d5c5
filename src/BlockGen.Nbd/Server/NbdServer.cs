using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BlockGen.Nbd;

/// <summary>Serves images over the NBD protocol, fixed newstyle, to any number of clients.</summary>
/// <remarks>
/// Thread-safe: exports come and go while clients are connected. What clients send is not trusted. Disposing stops it;
/// the images stay open.
/// </remarks>
public sealed class NbdServer : IAsyncDisposable
{
    private readonly NbdServerOptions _options;
    private readonly ConcurrentDictionary<string, NbdExport> _exports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<NbdSession, Task> _sessions = new();
    private readonly SemaphoreSlim? _places;
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket;
    private readonly Task _accepting;
    private int _isStopped; // 0 or 1; Interlocked

    private NbdServer(NbdServerOptions options)
    {
        _options = options;
        _places = options.MostConnections > 0 ? new SemaphoreSlim(options.MostConnections) : null;
        _socket = ListeningSocket.Open(options.EndPoint);
        EndPoint = _socket.LocalEndPoint ?? options.EndPoint;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens; the port is the one that was free.</summary>
    public EndPoint EndPoint { get; }

    /// <summary>What it offers, in the order of names.</summary>
    public IReadOnlyList<NbdExport> Exports =>
        [.. _exports.Values.OrderBy(export => export.Name, StringComparer.Ordinal)];

    /// <summary>Clients that are connected now, also those that have not chosen an export.</summary>
    public int ConnectionCount => _sessions.Count;

    /// <summary>Raised when a client that had chosen an export has left, and nothing of it is in flight.</summary>
    public event Action<NbdExport>? ClientLeft;

    /// <summary>Listens, offering nothing yet.</summary>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static NbdServer Start(NbdServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new NbdServer(options);
    }

    /// <summary>The export of that name; null when there is none.</summary>
    public NbdExport? Find(string name) => _exports.GetValueOrDefault(name);

    /// <summary>Offers an image.</summary>
    /// <exception cref="InvalidOperationException">There is an export of that name.</exception>
    public void Add(NbdExport export)
    {
        ArgumentNullException.ThrowIfNull(export);
        if (!_exports.TryAdd(export.Name, export))
        {
            throw new InvalidOperationException($"NBD server already has export named '{export.Name}'");
        }
    }

    /// <summary>Offers an image no longer. Returns when no client uses it any more.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is none of that name, or it is in use and that matters.
    /// </exception>
    public async ValueTask RemoveAsync(string name, NbdRemoval removal, CancellationToken cancellation)
    {
        if (Find(name) is not { } export)
        {
            throw new InvalidOperationException($"Export '{name}' is not found");
        }

        if (!export.TryClose(removal))
        {
            throw new InvalidOperationException($"export '{name}' still in use");
        }

        _exports.TryRemove(KeyValuePair.Create(name, export));
        await export.WaitUntilUnusedAsync().WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes no more clients and requests, finishes the requests in flight and disconnects.
    /// </summary>
    /// <param name="cancellation">Ends the wait: requests that are still in flight then are cancelled.</param>
    public async ValueTask StopAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            _socket.Dispose();
            ListeningSocket.RemoveFile(_options.EndPoint);
        }

        await _accepting.ConfigureAwait(false);
        foreach (NbdSession session in _sessions.Keys)
        {
            session.Stop();
        }

        Task allLeft = Task.WhenAll(_sessions.Values);
        try
        {
            await allLeft.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (NbdSession session in _sessions.Keys)
            {
                session.Abort();
            }

            await allLeft.ConfigureAwait(false);
        }
    }

    /// <summary>Stops it, waiting for the requests in flight.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
        _places?.Dispose();
    }

    internal NbdServerOptions Options => _options;

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                if (_places is not null)
                {
                    await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
                }

                Socket socket = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Serve(socket);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException || NbdChannel.IsLoss(failure))
        {
            if (!_stop.IsCancellationRequested)
            {
                _options.Report?.Invoke($"{EndPoint}: no more clients can be accepted: {failure.Message}");
            }
        }
    }

    private void Serve(Socket socket)
    {
        if (socket.ProtocolType is ProtocolType.Tcp)
        {
            socket.NoDelay = true;
        }

        NbdSession session = new(this, new NbdChannel(socket));
        TaskCompletionSource registered = new();
        _sessions[session] = ServeAsync(session, registered.Task);
        registered.SetResult();
    }

    private async Task ServeAsync(NbdSession session, Task registered)
    {
        await registered.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await session.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _sessions.TryRemove(session, out _);
            _places?.Release();
        }

        if (session.Export is { } export)
        {
            ClientLeft?.Invoke(export);
        }
    }
}
