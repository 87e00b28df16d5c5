internal sealed class Writer(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, byte[][] parts, CancellationToken cancellation)
    {
        ValueTask[] writes = [.. parts.Select(part => storage.WriteAsync(at, part, cancellation))];
        foreach (ValueTask write in writes)
        {
            await write.ConfigureAwait(false);
        }

        ValueTask flush = storage.FlushAsync(cancellation);
        await (parts.Length > 4 ? flush : flush).ConfigureAwait(false);
    }
}
