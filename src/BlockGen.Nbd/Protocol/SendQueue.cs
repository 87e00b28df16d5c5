using System.Runtime.InteropServices;

namespace BlockGen.Nbd;

/// <summary>
/// Messages to be sent, from any thread: those that come while others are under way go out together.
/// </summary>
/// <remarks>Thread-safe. Once sending has failed, messages are dropped.</remarks>
/// <param name="channel">Where to.</param>
/// <param name="sent">Told how many of the messages marked as last were sent, or dropped.</param>
internal sealed class SendQueue(NbdChannel channel, Action<int> sent)
{
    private readonly object _lock = new();
    private Batch _filling = new(); // guarded by _lock
    private Batch _spare = new(); // guarded by _lock
    private bool _isSending; // guarded by _lock
    private bool _isHeld; // guarded by _lock

    /// <summary>Adds a message.</summary>
    /// <param name="head">Its first bytes; copied.</param>
    /// <param name="payload">What follows; must stay as it is until it is sent.</param>
    /// <param name="owner">Disposed of when the payload is sent.</param>
    /// <param name="isLast">Whether it is the last of its reply.</param>
    public void Add(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> payload, IDisposable? owner, bool isLast)
    {
        lock (_lock)
        {
            _filling.Add(head, payload, owner, isLast);
            if (_isSending || (_isHeld && _filling.Bytes < Batch.EnoughBytes))
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAsync();
    }

    /// <summary>Lets messages wait for others until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _isHeld = true;
        }
    }

    /// <summary>Sends what was held back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _isHeld = false;
            if (_isSending || _filling.IsEmpty)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        Exception? failure = null;
        while (TakeBatch() is { } batch)
        {
            try
            {
                if (failure is null)
                {
                    await channel.SendAsync(batch.Segments).ConfigureAwait(false);
                }
            }
            catch (Exception loss) when (NbdChannel.IsLoss(loss))
            {
                // The receiver meets the same end and tells of it.
                failure = loss;
                channel.Close();
            }

            int lastCount = batch.LastCount;
            Recycle(batch);
            if (lastCount > 0)
            {
                sent(lastCount);
            }
        }
    }

    private Batch? TakeBatch()
    {
        lock (_lock)
        {
            if (_filling.IsEmpty)
            {
                _isSending = false;
                return null;
            }

            Batch batch = _filling;
            _filling = _spare;
            return batch;
        }
    }

    private void Recycle(Batch batch)
    {
        batch.Clear();
        lock (_lock)
        {
            _spare = batch;
        }
    }

    private sealed class Batch
    {
        /// <summary>So much is sent without waiting for more.</summary>
        public const int EnoughBytes = 256 << 10;

        private const int CopyLimit = 16 << 10;
        private const int KeptBytes = 1 << 20;

        private readonly List<(int Position, ReadOnlyMemory<byte> Payload, IDisposable? Owner)> _payloads = [];
        private readonly List<ArraySegment<byte>> _segments = [];
        private byte[] _heads = new byte[4096];
        private int _headBytes;

        public bool IsEmpty => _headBytes == 0;

        public int Bytes { get; private set; }

        public int LastCount { get; private set; }

        public List<ArraySegment<byte>> Segments
        {
            get
            {
                int at = 0;
                foreach ((int position, ReadOnlyMemory<byte> payload, _) in _payloads)
                {
                    AddHeads(at, position);
                    MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> data);
                    _segments.Add(data);
                    at = position;
                }

                AddHeads(at, _headBytes);
                return _segments;
            }
        }

        public void Add(ReadOnlySpan<byte> head, ReadOnlyMemory<byte> payload, IDisposable? owner, bool isLast)
        {
            Append(head);
            LastCount += isLast ? 1 : 0;
            if (payload.Length <= CopyLimit)
            {
                Append(payload.Span);
                owner?.Dispose();
            }
            else
            {
                _payloads.Add((_headBytes, payload, owner));
                Bytes += payload.Length;
            }
        }

        public void Clear()
        {
            foreach ((_, _, IDisposable? owner) in _payloads)
            {
                owner?.Dispose();
            }

            _payloads.Clear();
            _segments.Clear();
            _headBytes = Bytes = LastCount = 0;
            if (_heads.Length > KeptBytes)
            {
                _heads = new byte[4096];
            }
        }

        private void AddHeads(int start, int end)
        {
            if (end > start)
            {
                _segments.Add(new ArraySegment<byte>(_heads, start, end - start));
            }
        }

        private void Append(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > _heads.Length - _headBytes)
            {
                Array.Resize(ref _heads, Math.Max(_heads.Length * 2, _headBytes + bytes.Length));
            }

            bytes.CopyTo(_heads.AsSpan(_headBytes));
            _headBytes += bytes.Length;
            Bytes += bytes.Length;
        }
    }
}
