namespace BlockGen.Nbd;

/// <summary>A connection that comes back: requests without an answer are sent again on the next one.</summary>
internal sealed class NbdLink(NbdAddress address, NbdStorageOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly List<ClientRequest> _waiting = []; // for a connection; guarded by _lock
    private readonly CancellationTokenSource _end = new();
    private ClientConnection? _connection; // guarded by _lock
    private Task _tending = Task.CompletedTask; // guarded by _lock
    private bool _isTended; // guarded by _lock

    /// <summary>Whether it is connected now.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_lock)
            {
                return _connection is not null;
            }
        }
    }

    /// <summary>Connects for the first time; what the server says of the export.</summary>
    public async ValueTask<AgreedExport> ConnectAsync(CancellationToken cancellation)
    {
        ClientConnection connection = await ClientConnection.OpenAsync(address, options, cancellation)
            .ConfigureAwait(false);
        lock (_lock)
        {
            _connection = connection;
            _isTended = true;
            _tending = TendAsync(connection);
        }

        Export = connection.Export;
        return connection.Export;
    }

    /// <summary>What the server said of the export.</summary>
    public AgreedExport? Export { get; private set; }

    /// <summary>Sends a request now, or when there is a connection again.</summary>
    public void Send(ClientRequest request)
    {
        lock (_lock)
        {
            if (_end.IsCancellationRequested)
            {
                request.Fail(new ObjectDisposedException($"{address}"));
                return;
            }

            if (_connection is not null)
            {
                _connection.Send(request);
                return;
            }

            request.AddUser();
            _waiting.Add(request);
            if (!_isTended)
            {
                _isTended = true;
                _tending = TendAsync(connection: null);
            }
        }
    }

    /// <summary>Leaves the server. Requests in flight fail.</summary>
    public async ValueTask DisposeAsync()
    {
        ClientConnection? connection;
        Task tending;
        lock (_lock)
        {
            (connection, _connection) = (_connection, null);
            tending = _tending;
            _end.Cancel();
        }

        if (connection is not null)
        {
            await connection.LeaveAsync().ConfigureAwait(false);
        }

        await tending.ConfigureAwait(false);
        FailWaiting("the connection was closed");
        _end.Dispose();
    }

    /// <summary>Watches a connection, and makes the next one; ends when none can be had in time.</summary>
    private async Task TendAsync(ClientConnection? connection)
    {
        string reason = "not connected";
        while (true)
        {
            if (connection is not null)
            {
                reason = await connection.Ended.ConfigureAwait(false);
                Retire(connection);
            }

            connection = await ReconnectAsync(reason).ConfigureAwait(false);
            if (connection is null)
            {
                return;
            }
        }
    }

    private void Retire(ClientConnection connection)
    {
        connection.Dispose();
        lock (_lock)
        {
            _connection = null;
            foreach (ClientRequest request in connection.TakePending())
            {
                if (request.IsAbandoned)
                {
                    request.Fail(new IOException($"{address}: the connection was lost"));
                    request.Dispose();
                }
                else
                {
                    _waiting.Add(request);
                }
            }
        }
    }

    private async ValueTask<ClientConnection?> ReconnectAsync(string reason)
    {
        long lostAt = Environment.TickCount64;
        TimeSpan pause = FirstPause;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                ClientConnection connection = await ClientConnection.OpenAsync(address, options, _end.Token)
                    .ConfigureAwait(false);
                if (Accept(connection) is not { } refusal)
                {
                    return connection;
                }

                reason = refusal;
            }
            catch (IOException failure)
            {
                reason = failure.Message;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            TimeSpan left = options.ReconnectTime - TimeSpan.FromMilliseconds(Environment.TickCount64 - lostAt);
            if (left <= TimeSpan.Zero)
            {
                break;
            }

            await WaitAsync(pause < left ? pause : left).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        FailWaiting(reason);
        return null;
    }

    /// <summary>Takes a connection into use, and sends what waited; null, or why that cannot be.</summary>
    private string? Accept(ClientConnection connection)
    {
        lock (_lock)
        {
            if (_end.IsCancellationRequested || connection.Export.Length != Export!.Length
                || (Export.Flags & ~connection.Export.Flags & ~TransmissionFlags.CanMultiConnect) != 0)
            {
                connection.Dispose();
                return "the export is not what it was";
            }

            _connection = connection;
            foreach (ClientRequest request in _waiting)
            {
                if (request.IsAbandoned)
                {
                    request.Fail(new IOException($"{address}: the connection was lost"));
                }
                else
                {
                    connection.Send(request);
                }

                request.Dispose();
            }

            _waiting.Clear();
            return null;
        }
    }

    private void FailWaiting(string reason)
    {
        lock (_lock)
        {
            _isTended = false;
            foreach (ClientRequest request in _waiting)
            {
                request.Fail(new IOException($"{address}: the connection is lost: {reason}"));
                request.Dispose();
            }

            _waiting.Clear();
        }
    }

    private async ValueTask WaitAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The next look at the token ends it.
        }
    }
}
