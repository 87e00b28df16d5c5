namespace BlockGen.Nbd;

public sealed partial class NbdStorage
{
    /// <inheritdoc/>
    public async ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int length = (int)Clamp(offset.Value, (ulong)target.Length);
        target.Slice(length).Clear();
        for (int done = 0; done < length;)
        {
            ulong at = offset.Value + (ulong)done;
            int skipped = (int)(at % Alignment);
            int count = (int)Math.Min((uint)(length - done), _export.MostPayloadBytes - (uint)skipped);
            ulong start = at - (ulong)skipped;
            ulong end = Math.Min(RoundUp(at + (ulong)count), Length);
            await ReadBlocksAsync(start, (int)(end - start), skipped, target.Slice(done, count), cancellation)
                .ConfigureAwait(false);
            done += count;
        }
    }

    /// <summary>Reads whole blocks and gives a part of them to the target.</summary>
    private async ValueTask ReadBlocksAsync(
        ulong start, int length, int skipped, GuestReadBuffer target, CancellationToken cancellation)
    {
        BounceBuffer memory = await _memory.RentAsync(length, cancellation).ConfigureAwait(false);
        using ClientRequest request = new(NbdCommand.Read, CommandFlags.None, start, (ulong)length) { Target = memory };
        await RunAsync(request, cancellation).ConfigureAwait(false);
        target.Fill(memory.Memory.Span.Slice(skipped, target.Length));
    }

    private ulong RoundUp(ulong offset) => (offset + Alignment - 1) / Alignment * Alignment;

    private ulong Clamp(ulong offset, ulong length) => offset >= Length ? 0 : Math.Min(length, Length - offset);
}
