namespace BlockGen.Nbd;

/// <summary>One client's connection, from its first byte to its last.</summary>
/// <remarks>
/// One task receives; requests then run side by side, at most <see cref="MostRequests"/>, and are answered as they
/// complete.
/// </remarks>
internal sealed partial class NbdSession
{
    private const int MostRequests = 128;

    // A client that never lets the receiver wait must not keep a thread from the other clients' sockets for good.
    private const int RequestsInARow = 256;

    private const ulong MemoryBytes = 64 << 20;

    private readonly NbdServer _server;
    private readonly NbdChannel _channel;
    private readonly SendQueue _replies;
    private readonly SemaphoreSlim _places = new(MostRequests);
    private readonly BouncePool _memory = new(MemoryBytes);
    private readonly CancellationTokenSource _abort = new();
    private Transmission? _transmission;
    private volatile NbdExport? _export;
    private volatile bool _isStopping;

    public NbdSession(NbdServer server, NbdChannel channel)
    {
        _server = server;
        _channel = channel;
        _replies = new SendQueue(channel, count => _places.Release(count));
    }

    /// <summary>What the client chose; null before it has.</summary>
    public NbdExport? Export => _export;

    /// <summary>Serves the client until it leaves.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await ShakeHandsAsync().ConfigureAwait(false))
            {
                await TransmitAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (NbdChannel.IsLoss(failure) || failure is OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
            Report(failure.Message);
        }
        catch (Exception failure)
        {
            // What went wrong with one client must not end the others'.
            Report(failure.ToString());
        }
        finally
        {
            _channel.Dispose();
            Export?.Leave(this);
            _memory.Dispose();
        }
    }

    /// <summary>Takes no more requests; those in flight are finished.</summary>
    public void Stop()
    {
        _isStopping = true;
        _channel.StopReceiving();
    }

    /// <summary>Ends at once: requests in flight are cancelled.</summary>
    public void Abort()
    {
        _abort.Cancel();
        _channel.Close();
    }

    private async ValueTask<bool> ShakeHandsAsync()
    {
        using CancellationTokenSource patience = new(_server.Options.HandshakeTime);
        using CancellationTokenRegistration limit = patience.Token.Register(_channel.Close);
        ServerHandshake handshake = new(_server, _channel, TryEnter);
        _transmission = await handshake.RunAsync(patience.Token).ConfigureAwait(false);
        return _transmission is not null;
    }

    private bool TryEnter(NbdExport export)
    {
        bool isIn = export.TryEnter(this);
        _export = isIn ? export : null;
        return isIn;
    }

    private async ValueTask TransmitAsync()
    {
        bool isFinished = false;
        int requestCount = 0;
        _channel.BeforeWaiting = _replies.Release;
        try
        {
            while (await ReceiveRequestAsync().ConfigureAwait(false) is { } request)
            {
                if (request.Command is NbdCommand.Disconnect)
                {
                    isFinished = true;
                    break;
                }

                _replies.Hold();
                await TakePlaceAsync().ConfigureAwait(false);
                await StartAsync(request).ConfigureAwait(false);
                if (++requestCount % RequestsInARow == 0)
                {
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                }
            }
        }
        finally
        {
            _replies.Release();
            if (!isFinished && !_isStopping)
            {
                // Nobody is left to hear of what is in flight.
                await _abort.CancelAsync().ConfigureAwait(false);
            }

            for (int place = 0; place < MostRequests; place++)
            {
                await _places.WaitAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<NbdRequest?> ReceiveRequestAsync()
    {
        bool isExtended = _transmission!.Style is ReplyStyle.Extended;
        int headerBytes = NbdRequest.HeaderBytes(isExtended);
        if (!await _channel.TryFillAsync(headerBytes).ConfigureAwait(false))
        {
            return _channel.Buffered.IsEmpty || _isStopping
                ? null
                : throw new EndOfStreamException("the connection ended within a request");
        }

        NbdRequest request = NbdRequest.TryRead(_channel.Buffered, isExtended)
            ?? throw new NbdProtocolException("a request does not begin with its magic number");
        _channel.Take(headerBytes);
        return request;
    }

    private ValueTask TakePlaceAsync()
    {
        if (_places.Wait(0, CancellationToken.None))
        {
            return default;
        }

        _replies.Release();
        return new ValueTask(_places.WaitAsync());
    }

    /// <summary>Memory for a request's data; the request before it may have to be answered first.</summary>
    private ValueTask<BounceBuffer> RentAsync(int length)
    {
        if (_memory.TryRent(length) is { } buffer)
        {
            return ValueTask.FromResult(buffer);
        }

        _replies.Release();
        return _memory.RentAsync(length, _abort.Token);
    }

    private void Report(string problem)
    {
        string subject = Export is { } export ? $"client of '{export.Name}'" : "client of no export";
        _server.Options.Report?.Invoke($"{subject}: {problem}");
    }
}
