namespace BlockGen;

/// <summary>How far a copy has come.</summary>
/// <param name="Offset">Guest bytes that are dealt with, copied or not: QEMU's <c>current-progress</c>.</param>
/// <param name="Total">Guest bytes to deal with: QEMU's <c>total-progress</c>.</param>
/// <param name="CopiedBytes">Bytes that were really stored.</param>
public readonly record struct CopyProgress(ulong Offset, ulong Total, ulong CopiedBytes);

/// <summary>Counts of a copy at work.</summary>
internal sealed class CopyCounters(ulong total)
{
    private ulong _offset; // Interlocked
    private ulong _copied; // Interlocked

    public CopyProgress Progress => new(Volatile.Read(ref _offset), total, Volatile.Read(ref _copied));

    public void Advance(ulong bytes, ulong copied)
    {
        Interlocked.Add(ref _copied, copied);
        Interlocked.Add(ref _offset, bytes);
    }
}
