using System.Net.Security;
using System.Net.Sockets;

namespace BlockGen.Nbd;

/// <summary>
/// A connection's bytes: what arrives, in front of a buffer, and what is sent, in plain or through TLS.
/// </summary>
/// <remarks>One receiver and one sender at a time; <see cref="Close"/> from anywhere.</remarks>
internal sealed class NbdChannel(Socket socket) : IDisposable
{
    private const int BufferBytes = 64 << 10;
    private const int ShortBytes = 16 << 10;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);
    private int _start;
    private int _end;
    private SslStream? _tls;

    /// <summary>Runs before the receiver waits for the other side: what is held back must be sent by then.</summary>
    public Action? BeforeWaiting { get; set; }

    /// <summary>Whether the bytes are encrypted.</summary>
    public bool IsSecure => _tls is not null;

    /// <summary>What has arrived and was not taken.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Waits until so many bytes have arrived; false when the other side ends before that.</summary>
    /// <param name="count">Bytes; at most 64 KiB.</param>
    public ValueTask<bool> TryFillAsync(int count) =>
        _end - _start >= count ? ValueTask.FromResult(true) : ReceiveUntilAsync(count);

    /// <summary>Waits until so many bytes have arrived.</summary>
    /// <exception cref="EndOfStreamException">The other side ends before that.</exception>
    public async ValueTask FillAsync(int count)
    {
        if (!await TryFillAsync(count).ConfigureAwait(false))
        {
            throw new EndOfStreamException("the connection ended within a message");
        }
    }

    /// <summary>Takes bytes that have arrived.</summary>
    public void Take(int count) => _start += count;

    /// <summary>Waits for one structure, takes it, and reads it.</summary>
    public async ValueTask<TStruct> ReceiveAsync<TStruct>()
        where TStruct : struct, IDiskStruct<TStruct>
    {
        await FillAsync(TStruct.Size).ConfigureAwait(false);
        TStruct value = TStruct.Read(Buffered);
        Take(TStruct.Size);
        return value;
    }

    /// <summary>Fills the target with what arrives next.</summary>
    /// <exception cref="EndOfStreamException">The other side ends before that.</exception>
    public async ValueTask ReceiveAsync(Memory<byte> target)
    {
        // What follows a short message comes with it; a long one goes where it belongs at once.
        if (target.Length <= ShortBytes)
        {
            await FillAsync(target.Length).ConfigureAwait(false);
        }

        int buffered = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(target.Span);
        Take(buffered);
        target = target[buffered..];
        while (target.Length > 0)
        {
            int count = await ReceiveSomeAsync(target).ConfigureAwait(false);
            if (count == 0)
            {
                throw new EndOfStreamException("the connection ended within a message");
            }

            target = target[count..];
        }
    }

    /// <summary>Takes bytes that nobody wants.</summary>
    public async ValueTask SkipAsync(ulong count)
    {
        while (count > 0)
        {
            await FillAsync(1).ConfigureAwait(false);
            int skipped = (int)Math.Min(count, (ulong)(_end - _start));
            Take(skipped);
            count -= (ulong)skipped;
        }
    }

    /// <summary>Sends pieces one after the other.</summary>
    public async ValueTask SendAsync(List<ArraySegment<byte>> pieces)
    {
        if (_tls is not null)
        {
            foreach (ArraySegment<byte> piece in pieces)
            {
                await _tls.WriteAsync(piece).ConfigureAwait(false);
            }

            return;
        }

        if (pieces is [ArraySegment<byte> only])
        {
            await socket.SendAsync(only.AsMemory()).ConfigureAwait(false);
        }
        else
        {
            await socket.SendAsync(pieces).ConfigureAwait(false);
        }
    }

    /// <summary>Sends one piece.</summary>
    public ValueTask SendAsync(byte[] bytes) => SendAsync([new ArraySegment<byte>(bytes)]);

    /// <summary>Goes over to TLS, as its server.</summary>
    public Task SecureAsync(SslServerAuthenticationOptions options, CancellationToken cancellation) =>
        MakeStream().AuthenticateAsServerAsync(options, cancellation);

    /// <summary>Goes over to TLS, as its client.</summary>
    public Task SecureAsync(SslClientAuthenticationOptions options, CancellationToken cancellation) =>
        MakeStream().AuthenticateAsClientAsync(options, cancellation);

    /// <summary>Ends what arrives, as if the other side had ended; what is sent is still sent.</summary>
    public void StopReceiving()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception failure) when (IsLoss(failure))
        {
            // It has ended already.
        }
    }

    /// <summary>Closes the connection; calls in progress fail.</summary>
    public void Close()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception failure) when (IsLoss(failure))
        {
            // It has ended already.
        }

        socket.Dispose();
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        Close();
        _tls?.Dispose();
    }

    /// <summary>Whether an error is that of a connection which is no more.</summary>
    public static bool IsLoss(Exception failure) =>
        failure is SocketException or IOException or ObjectDisposedException;

    private SslStream MakeStream()
    {
        // What came in plain after the request for TLS was put there by somebody in between.
        if (_end > _start)
        {
            throw new NbdProtocolException("bytes in plain follow the request for TLS");
        }

        return _tls = new SslStream(new NetworkStream(socket, ownsSocket: false), leaveInnerStreamOpen: false);
    }

    private async ValueTask<bool> ReceiveUntilAsync(int count)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start + count > _buffer.Length)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        while (_end - _start < count)
        {
            int received = await ReceiveSomeAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
            if (received == 0)
            {
                return false;
            }

            _end += received;
        }

        return true;
    }

    private ValueTask<int> ReceiveSomeAsync(Memory<byte> target)
    {
        BeforeWaiting?.Invoke();
        return _tls is not null ? _tls.ReadAsync(target) : socket.ReceiveAsync(target);
    }
}
