namespace BlockGen;

/// <summary>A storage's length, known without asking the operating system.</summary>
internal sealed class StorageLength(ulong initial)
{
    private ulong _bytes = initial; // Interlocked

    /// <summary>Bytes.</summary>
    public ulong Bytes => Volatile.Read(ref _bytes);

    /// <summary>Sets it, up or down.</summary>
    public void Set(ulong bytes) => Volatile.Write(ref _bytes, bytes);

    /// <summary>Raises it to <paramref name="end"/> unless it is there already.</summary>
    public void GrowTo(ulong end)
    {
        ulong seen = Bytes;
        while (seen < end)
        {
            ulong before = Interlocked.CompareExchange(ref _bytes, end, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    /// <summary>How many of the bytes from <paramref name="offset"/> on exist.</summary>
    public ulong Clamp(ulong offset, ulong length)
    {
        ulong bytes = Bytes;
        return offset >= bytes ? 0 : Math.Min(length, bytes - offset);
    }
}
