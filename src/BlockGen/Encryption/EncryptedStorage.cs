namespace BlockGen;

/// <summary>
/// Encrypts what is stored and decrypts what is read, in whole sectors; smaller writes read the sectors around them
/// first. Requests lie behind <see cref="Start"/>.
/// </summary>
/// <remarks>
/// Thread-safe. It never gives space back and has no holes: bytes that were never written decrypt to anything.
/// </remarks>
public sealed class EncryptedStorage(IStorage inner, SectorCipher cipher, HostOffset start) : StorageFilter(inner)
{
    private const int PartBytes = 1 << 20;

    private static readonly BouncePool Bounces = new(32 * PartBytes);

    private readonly SharedGate _gate = new();

    /// <summary>Where sector 0 lies.</summary>
    public HostOffset Start { get; } = start;

    /// <inheritdoc/>
    public override uint Alignment => Math.Max(Inner.Alignment, SectorCipher.SectorBytes);

    /// <inheritdoc/>
    public override async ValueTask ReadAsync(
        HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        for (int done = 0; done < target.Length;)
        {
            SectorPart part = Part(offset + (ulong)done, target.Length - done);
            using BounceBuffer bounce = await Bounces.RentAsync(part.SectorsLength, cancellation).ConfigureAwait(false);
            await LoadAsync(part, bounce.Memory, cancellation).ConfigureAwait(false);
            target.Slice(done).Fill(bounce.Memory.Span.Slice(part.Skipped, part.Length));
            done += part.Length;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        for (int done = 0; done < source.Length;)
        {
            SectorPart part = Part(offset + (ulong)done, source.Length - done);
            using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: part.IsPartial, cancellation)
                .ConfigureAwait(false);
            using BounceBuffer bounce = await Bounces.RentAsync(part.SectorsLength, cancellation).ConfigureAwait(false);
            if (part.IsPartial)
            {
                await LoadAsync(part, bounce.Memory, cancellation).ConfigureAwait(false);
            }

            source.Slice(done, part.Length).CopyTo(bounce, part.Skipped);
            cipher.Encrypt(SectorAt(part.Sectors), bounce.Memory.Span);
            await Inner.WriteAsync(part.Sectors, bounce.Memory, cancellation).ConfigureAwait(false);
            done += part.Length;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        byte[] zeroes = new byte[Math.Min(range.Length, PartBytes)];
        for (ulong done = 0; done < range.Length;)
        {
            int length = (int)Math.Min(range.Length - done, (ulong)zeroes.Length);
            await WriteAsync(range.Start + done, zeroes.AsMemory(0, length), cancellation).ConfigureAwait(false);
            done += (ulong)length;
        }
    }

    /// <summary>Does nothing: what is given back would decrypt to anything.</summary>
    public override ValueTask DiscardAsync(HostRange range, CancellationToken cancellation) => default;

    /// <inheritdoc/>
    public override ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation)
    {
        ulong present = Math.Min(range.Length, Length - Math.Min(Length, range.Start.Value));
        return ValueTask.FromResult(
            present == 0 ? new StorageExtent(range.Length, IsHole: true) : new StorageExtent(present, IsHole: false));
    }

    /// <summary>Returns 0: every byte has to be encrypted.</summary>
    public override ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) => ValueTask.FromResult(0UL);

    /// <summary>Reads and decrypts sectors. What lies past the end is zeroes.</summary>
    private async ValueTask LoadAsync(SectorPart part, Memory<byte> sectors, CancellationToken cancellation)
    {
        await Inner.ReadAsync(part.Sectors, sectors, cancellation).ConfigureAwait(false);
        cipher.Decrypt(SectorAt(part.Sectors), sectors.Span);
        ulong present = Length - Math.Min(Length, part.Sectors.Value);
        if (present < (ulong)sectors.Length)
        {
            sectors.Span[(int)present..].Clear();
        }
    }

    private ulong SectorAt(HostOffset offset) => (offset.Value - Start.Value) / SectorCipher.SectorBytes;

    private SectorPart Part(HostOffset offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset.Value, Start.Value, nameof(offset));
        int skipped = (int)((offset.Value - Start.Value) % SectorCipher.SectorBytes);
        int most = Math.Min(length, PartBytes - skipped);
        return new SectorPart(new HostOffset(offset.Value - (ulong)skipped), skipped, most);
    }

    /// <summary>As much of a request as is served at once.</summary>
    /// <param name="Sectors">Where its first sector starts.</param>
    /// <param name="Skipped">Bytes of that sector before the request.</param>
    /// <param name="Length">Bytes of the request.</param>
    private readonly record struct SectorPart(HostOffset Sectors, int Skipped, int Length)
    {
        public int SectorsLength =>
            (Skipped + Length + SectorCipher.SectorBytes - 1) / SectorCipher.SectorBytes * SectorCipher.SectorBytes;

        public bool IsPartial => SectorsLength != Length;
    }
}
