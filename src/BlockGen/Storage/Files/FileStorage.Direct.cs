using System.Buffers;

namespace BlockGen;

public sealed partial class FileStorage
{
    private const int BounceBytes = 1 << 20;

    private static readonly BouncePool Bounces = new(32 * BounceBytes);

    private async ValueTask ReadDirectAsync(ulong offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        using MemoryHandle pin = target.DangerousGetMemory().Pin();
        if (IsAligned(offset) && IsAligned((ulong)target.Length) && IsAligned(pin))
        {
            int count = await ReadOnWorkerAsync(offset, target.DangerousGetMemory(), cancellation)
                .ConfigureAwait(false);
            target.Slice(count).Clear();
            return;
        }

        int done = 0;
        while (done < target.Length)
        {
            ulong start = offset + (ulong)done;
            int skipped = (int)(start % Alignment);
            int count = Math.Min(target.Length - done, BounceBytes - skipped);
            int blockBytes = RoundUp(skipped + count);
            using BounceBuffer bounce = await Bounces.RentAsync(blockBytes, cancellation).ConfigureAwait(false);
            int read = await ReadOnWorkerAsync(start - (ulong)skipped, bounce.Memory, cancellation)
                .ConfigureAwait(false);
            bounce.Memory.Span[read..].Clear();
            target.Slice(done).Fill(bounce.Memory.Span.Slice(skipped, count));
            done += count;
        }
    }

    private ValueTask WriteDirectAsync(ulong offset, GuestWriteBuffer source, CancellationToken cancellation) =>
        IsAligned(offset) && IsAligned((ulong)source.Length)
            ? WriteWholeBlocksAsync(offset, source, cancellation)
            : WritePartialBlocksAsync(offset, source, cancellation);

    private async ValueTask WriteWholeBlocksAsync(ulong offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await EnterGateAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        using MemoryHandle pin = source.DangerousGetMemory().Pin();
        if (IsAligned(pin))
        {
            await WriteOnWorkerAsync(offset, source.DangerousGetMemory(), cancellation).ConfigureAwait(false);
            return;
        }

        for (int done = 0; done < source.Length; done += BounceBytes)
        {
            GuestWriteBuffer part = source.Slice(done, Math.Min(BounceBytes, source.Length - done));
            using BounceBuffer bounce = await Bounces.RentAsync(part.Length, cancellation).ConfigureAwait(false);
            part.CopyTo(bounce, 0);
            await WriteOnWorkerAsync(offset + (ulong)done, bounce.Memory, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask WritePartialBlocksAsync(
        ulong offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        // Alone: what is read here and written back must not undo what another write stored meanwhile.
        using SharedGate.Pass pass = await EnterGateAsync(isExclusive: true, cancellation).ConfigureAwait(false);
        int done = 0;
        while (done < source.Length)
        {
            ulong start = offset + (ulong)done;
            int skipped = (int)(start % Alignment);
            int count = Math.Min(source.Length - done, BounceBytes - skipped);
            int blockBytes = RoundUp(skipped + count);
            using BounceBuffer bounce = await Bounces.RentAsync(blockBytes, cancellation).ConfigureAwait(false);
            if (blockBytes != count)
            {
                int read = await ReadOnWorkerAsync(start - (ulong)skipped, bounce.Memory, cancellation)
                    .ConfigureAwait(false);
                bounce.Memory.Span[read..].Clear();
            }

            source.Slice(done, count).CopyTo(bounce, skipped);
            await WritePaddedAsync(start - (ulong)skipped, bounce.Memory, start + (ulong)count, cancellation)
                .ConfigureAwait(false);
            done += count;
        }
    }

    /// <summary>
    /// Writes whole blocks of which only the bytes before <paramref name="end"/> may make the file longer.
    /// </summary>
    private async ValueTask WritePaddedAsync(
        ulong offset, Memory<byte> blocks, ulong end, CancellationToken cancellation)
    {
        ulong lengthAfter = Math.Max(Length, end);
        await WriteOnWorkerAsync(offset, blocks, cancellation).ConfigureAwait(false);
        if (offset + (ulong)blocks.Length > lengthAfter)
        {
            CutOrGrow(lengthAfter);
        }
    }

    private ValueTask<SharedGate.Pass> EnterGateAsync(bool isExclusive, CancellationToken cancellation) =>
        _gate is null ? default : _gate.EnterAsync(isExclusive, cancellation);

    private bool IsAligned(ulong value) => value % Alignment == 0;

    private unsafe bool IsAligned(in MemoryHandle pin) => (nuint)pin.Pointer % Alignment == 0;

    private int RoundUp(int bytes) => (bytes + (int)Alignment - 1) / (int)Alignment * (int)Alignment;
}
