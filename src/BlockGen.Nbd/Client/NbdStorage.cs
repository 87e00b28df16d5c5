namespace BlockGen.Nbd;

/// <summary>An export of an NBD server, as a storage. Its length is fixed.</summary>
/// <remarks>
/// Thread-safe. A connection that is lost is made anew; requests without an answer are sent again, so that they fail
/// only when the server stays away. As with any device, what was acknowledged and not flushed is lost with a server
/// that forgets it. A cancelled change that the server works on holds up later ones of the same bytes, never others.
/// </remarks>
public sealed partial class NbdStorage : IStorage
{
    private readonly NbdStorageOptions _options;
    private readonly List<NbdLink> _links = []; // the first is made with the storage; guarded by itself
    private readonly CancellationTokenSource _end = new();
    private readonly BouncePool _memory;
    private readonly AgreedExport _export;
    private Task _joining = Task.CompletedTask;
    private uint _turn; // Interlocked
    private int _isDisposed; // 0 or 1; Interlocked

    private NbdStorage(NbdAddress address, NbdStorageOptions options, NbdLink link, AgreedExport export)
    {
        Address = address;
        Name = $"{address}";
        _options = options;
        _export = export;
        _memory = new BouncePool(Math.Max(options.MemoryBytes, 64 << 20));
        _links.Add(link);
        if (export.Has(TransmissionFlags.CanMultiConnect))
        {
            _joining = Task.Run(JoinAsync);
        }
    }

    /// <summary>Where the export is.</summary>
    public NbdAddress Address { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ulong Length => _export.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => _options.ReadOnly || _export.Has(TransmissionFlags.ReadOnly);

    /// <inheritdoc/>
    public uint Alignment => _export.LeastBlockBytes;

    /// <summary>Connects to an export.</summary>
    /// <exception cref="IOException">There is no server, or it has no such export.</exception>
    public static async ValueTask<NbdStorage> ConnectAsync(
        NbdAddress address, NbdStorageOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        NbdLink link = new(address, options);
        try
        {
            AgreedExport export = await link.ConnectAsync(cancellation).ConfigureAwait(false);
            return new NbdStorage(address, options, link, export);
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lists what a server offers; the address's export does not matter.</summary>
    /// <exception cref="IOException">There is no server, or it does not tell.</exception>
    public static ValueTask<IReadOnlyList<NbdListedExport>> ListAsync(
        NbdAddress address, NbdStorageOptions options, CancellationToken cancellation) =>
        ClientConnection.ListAsync(address, options, cancellation);

    /// <summary>Accepts lengths up to the one it has; what is cut off reads as zeroes afterwards.</summary>
    public async ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        if (length > Length)
        {
            throw StorageErrors.NoSpace(Name, $"setting the length to {length} bytes: it is fixed at {Length}");
        }

        await WriteZeroesAsync(new HostRange(length, Length - length), ZeroMode.MayUnmap, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Returns 0: the bytes pass through this process.</summary>
    public ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested
            ? ValueTask.FromCanceled<ulong>(cancellation)
            : ValueTask.FromResult(0UL);

    /// <summary>Leaves the server. It does not flush.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _end.CancelAsync().ConfigureAwait(false);
        await _joining.ConfigureAwait(false);
        foreach (NbdLink link in _links)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _memory.Dispose();
        _end.Dispose();
    }

    /// <summary>Makes further connections; what comes of it in time is used.</summary>
    private async Task JoinAsync()
    {
        for (int count = 1; count < _options.MostConnections; count++)
        {
            NbdLink link = new(Address, _options);
            try
            {
                AgreedExport export = await link.ConnectAsync(_end.Token).ConfigureAwait(false);
                if (export.Length == Length && export.Flags == _export.Flags)
                {
                    lock (_links)
                    {
                        _links.Add(link);
                    }

                    continue;
                }
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                // One connection is enough.
            }

            await link.DisposeAsync().ConfigureAwait(false);
            return;
        }
    }

    private NbdLink ChooseLink()
    {
        lock (_links)
        {
            uint turn = Interlocked.Increment(ref _turn);
            for (int at = 0; at < _links.Count; at++)
            {
                NbdLink link = _links[(int)((turn + (uint)at) % (uint)_links.Count)];
                if (link.IsConnected)
                {
                    return link;
                }
            }

            return _links[0];
        }
    }
}
