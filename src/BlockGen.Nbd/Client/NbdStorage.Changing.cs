namespace BlockGen.Nbd;

public sealed partial class NbdStorage
{
    private const ulong MostZeroBytes = 1UL << 30;

    private readonly SemaphoreSlim _partialBlocks = new(1);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        CheckChange("write", offset.Value, (ulong)source.Length, cancellation);
        for (int done = 0; done < source.Length;)
        {
            ulong at = offset.Value + (ulong)done;
            int skipped = (int)(at % Alignment);
            int count = (int)Math.Min((uint)(source.Length - done), _export.MostPayloadBytes - (uint)skipped);
            ulong start = at - (ulong)skipped;
            ulong end = Math.Min(RoundUp(at + (ulong)count), Length);
            GuestWriteBuffer part = source.Slice(done, count);
            if (end - start == (ulong)count)
            {
                await WriteBlocksAsync(at, part, cancellation).ConfigureAwait(false);
            }
            else
            {
                await MergeBlocksAsync(start, (int)(end - start), skipped, part, cancellation).ConfigureAwait(false);
            }

            done += count;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        CheckChange("writing zeroes", range.Start.Value, range.Length, cancellation);
        bool isAligned = range.Start.Value % Alignment == 0 && (range.Length % Alignment == 0 || range.End == Length);
        bool isAsked = isAligned && _export.Has(TransmissionFlags.SendWriteZeroes);
        CommandFlags flags = mode is ZeroMode.KeepAllocated ? CommandFlags.NoHole : CommandFlags.None;
        ulong pieceBytes = isAsked ? MostZeroBytes : Math.Min(1 << 20, _export.MostPayloadBytes);
        for (ulong done = 0; done < range.Length;)
        {
            ulong at = range.Start.Value + done;
            ulong count = Math.Min(range.Length - done, pieceBytes);
            if (isAsked)
            {
                using ClientRequest request = new(NbdCommand.WriteZeroes, flags, at, count);
                await ChangeAsync(request, cancellation).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(new HostOffset(at), new byte[count], cancellation).ConfigureAwait(false);
            }

            done += count;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DiscardAsync(HostRange range, CancellationToken cancellation)
    {
        ulong start = RoundUp(range.Start.Value);
        ulong end = range.End >= Length ? Length : range.End / Alignment * Alignment;
        if (IsReadOnly)
        {
            CheckChange("discard", range.Start.Value, range.Length, cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        while (_export.Has(TransmissionFlags.SendTrim) && start < end)
        {
            ulong count = Math.Min(end - start, MostZeroBytes);
            using ClientRequest request = new(NbdCommand.Trim, CommandFlags.None, start, count);
            await ChangeAsync(request, cancellation).ConfigureAwait(false);
            start += count;
        }
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!IsReadOnly && _export.Has(TransmissionFlags.SendFlush))
        {
            using ClientRequest request = new(NbdCommand.Flush, CommandFlags.None, 0, 0);
            await RunAsync(request, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteBlocksAsync(ulong at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        BounceBuffer memory = await _memory.RentAsync(source.Length, cancellation).ConfigureAwait(false);
        source.CopyTo(memory, 0);
        using ClientRequest request =
            new(NbdCommand.Write, CommandFlags.None, at, (ulong)source.Length) { Payload = memory };
        await ChangeAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes a part of some blocks: the rest of them is read before, and stays as it is.</summary>
    private async ValueTask MergeBlocksAsync(
        ulong start, int length, int skipped, GuestWriteBuffer source, CancellationToken cancellation)
    {
        await _partialBlocks.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            BounceBuffer memory = await _memory.RentAsync(length, cancellation).ConfigureAwait(false);
            using ClientRequest request =
                new(NbdCommand.Write, CommandFlags.None, start, (ulong)length) { Payload = memory };
            await ReadBlocksAsync(start, length, 0, memory.Memory, cancellation).ConfigureAwait(false);
            source.CopyTo(memory, skipped);
            await ChangeAsync(request, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _partialBlocks.Release();
        }
    }

    private async ValueTask ChangeAsync(ClientRequest request, CancellationToken cancellation)
    {
        ForgetMap();
        try
        {
            await RunAsync(request, cancellation).ConfigureAwait(false);
        }
        finally
        {
            ForgetMap();
        }
    }

    private void CheckChange(string operation, ulong offset, ulong length, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string request = $"{operation} of {length} bytes at 0x{offset:x}";
        if (IsReadOnly)
        {
            throw new IOException($"{Name}: {request} refused: the export is read-only", ReadOnlyCode);
        }

        if (offset > Length || length > Length - offset)
        {
            throw StorageErrors.NoSpace(Name, $"{request} ends past the export's {Length} bytes");
        }
    }

    private const int ReadOnlyCode = 30; // EROFS
}
