namespace BlockGen.Nbd;

/// <summary>An image that a server offers under a name.</summary>
/// <remarks>Thread-safe. The image stays its giver's: it is not closed with the export.</remarks>
public sealed class NbdExport
{
    private readonly object _lock = new();
    private readonly HashSet<NbdSession> _sessions = []; // guarded by _lock
    private bool _isRemoved; // guarded by _lock
    private TaskCompletionSource? _unused; // guarded by _lock

    /// <summary>An export of an image, or of its end.</summary>
    /// <param name="name">
    /// What clients ask for; the empty name is the default export. At most 4096 bytes of UTF-8.
    /// </param>
    /// <param name="image">What they read and write.</param>
    /// <param name="start">The image's byte that is the export's first.</param>
    public NbdExport(string name, Image image, ulong start = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, image.Length);
        WireText.RequireShort(name, nameof(name));
        Name = name;
        Image = image;
        Start = start;
        Length = image.Length - start;
        IsWritable = !image.IsReadOnly;
    }

    /// <summary>What clients ask for.</summary>
    public string Name { get; }

    /// <summary>The image behind it.</summary>
    public Image Image { get; }

    /// <summary>The image's byte that is the export's first.</summary>
    public ulong Start { get; }

    /// <summary>Bytes; those of the image when the export was made, without what stands before its start.</summary>
    public ulong Length { get; }

    /// <summary>What a person is told of it; nothing when null. At most 4096 bytes of UTF-8.</summary>
    public string? Description
    {
        get;
        init
        {
            WireText.RequireShort(value ?? "", nameof(Description));
            field = value;
        }
    }

    /// <summary>Whether clients may change it. What the image allows when not given.</summary>
    public bool IsWritable { get; init; }

    /// <summary>Whether trims reach the image; they do nothing when not. True when not given.</summary>
    public bool Discards { get; init; } = true;

    /// <summary>Whether writes of zeroes are stored as zeroes without space. False when not given.</summary>
    public bool DetectsZeroes { get; init; }

    /// <summary>Whether a change is durable before it is acknowledged. False when not given.</summary>
    public bool FlushesChanges { get; init; }

    /// <summary>Whether clients are told that several connections see one disk. True when not given.</summary>
    public bool AllowsManyConnections { get; init; } = true;

    /// <summary>Whether clients may ask in which layer of the chain data lies: <c>qemu:allocation-depth</c>.</summary>
    public bool HasAllocationDepth { get; init; }

    /// <summary>Clients that use it now.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_lock)
            {
                return _sessions.Count;
            }
        }
    }

    internal bool TryEnter(NbdSession session)
    {
        lock (_lock)
        {
            return !_isRemoved && _sessions.Add(session);
        }
    }

    internal void Leave(NbdSession session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
            if (_sessions.Count == 0)
            {
                _unused?.TrySetResult();
            }
        }
    }

    /// <summary>Lets no more clients in; false when it is in use and that matters.</summary>
    internal bool TryClose(NbdRemoval removal)
    {
        lock (_lock)
        {
            if (removal == NbdRemoval.WhenUnused && _sessions.Count > 0)
            {
                return false;
            }

            _isRemoved = true;
            foreach (NbdSession session in _sessions)
            {
                session.Stop();
            }

            return true;
        }
    }

    /// <summary>Returns when no client uses it any more.</summary>
    internal Task WaitUntilUnusedAsync()
    {
        lock (_lock)
        {
            if (_sessions.Count == 0)
            {
                return Task.CompletedTask;
            }

            _unused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _unused.Task;
        }
    }
}

/// <summary>What becomes of clients when an export is removed.</summary>
public enum NbdRemoval
{
    /// <summary>An export that clients use is not removed.</summary>
    WhenUnused,

    /// <summary>Requests in flight are finished and clients are disconnected.</summary>
    Disconnect,
}
