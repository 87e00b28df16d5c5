namespace BlockGen;

/// <summary>Counts what is asked of a storage.</summary>
/// <remarks>Thread-safe; counting does not allocate.</remarks>
public sealed class CountingStorage(IStorage inner) : ObservingStorage(inner)
{
    private static readonly int OperationCount = Enum.GetValues<StorageOperation>().Length;

    private readonly long[] _requests = new long[OperationCount]; // Interlocked
    private readonly long[] _bytes = new long[OperationCount]; // Interlocked
    private int _inFlight; // Interlocked
    private int _mostInFlight; // Interlocked

    /// <summary>Requests under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The most requests that were ever under way together.</summary>
    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    /// <summary>Requests of a kind that were started.</summary>
    public long Requests(StorageOperation operation) => Interlocked.Read(ref _requests[(int)operation]);

    /// <summary>Bytes that the requests of a kind asked for.</summary>
    public long Bytes(StorageOperation operation) => Interlocked.Read(ref _bytes[(int)operation]);

    /// <inheritdoc/>
    protected override ValueTask BeforeAsync(StorageRequest request, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _requests[(int)request.Operation]);
        Interlocked.Add(ref _bytes[(int)request.Operation], (long)request.Range.Length);
        int inFlight = Interlocked.Increment(ref _inFlight);
        int most = MostInFlight;
        while (inFlight > most)
        {
            most = Interlocked.CompareExchange(ref _mostInFlight, inFlight, most);
        }

        return default;
    }

    /// <inheritdoc/>
    protected override void After(StorageRequest request) => Interlocked.Decrement(ref _inFlight);
}
