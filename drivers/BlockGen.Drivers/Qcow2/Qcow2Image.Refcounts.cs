namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    /// <summary>Reference counts: a table of blocks, each a cluster of counts.</summary>
    private sealed partial class Refcounts(Qcow2Image image) : ReferenceCounts
    {
        private const ulong MaxHostOffset = 1UL << 56;
        private const ulong MaxClustersPastEnd = 1 << 20;

        private ulong[]? _blocks; // host offsets, 0 where there is none; used by one at a time
        private (ulong Index, ulong Host)? _broken; // the first entry that cannot name a block: nothing is stored then
        private bool _isGrowing; // the table on disk is not the one in memory

        protected override ulong ClusterBytes => image.ClusterSize;

        protected override ulong MaxCount => ulong.MaxValue >> (64 - Bits);

        public override IEnumerable<HostRange> Places => _blocks is not { } blocks
            ? []
            : blocks.Where(static block => block != 0)
                .Select(block => new HostRange(block, ClusterBytes))
                .Prepend(Table);

        private int Bits => image.Header.RefcountBits;

        private ulong CountsPerBlock => ClusterBytes * 8 / (ulong)Bits;

        private ulong TableOffset => image.Header.RefcountTableOffset.Value;

        /// <summary>The table takes cluster 1, the first block cluster 2, as in a new image of QEMU's.</summary>
        public override async ValueTask CreateAsync(CancellationToken cancellation)
        {
            _blocks = new ulong[image.Header.RefcountTableClusterCount * ClusterBytes / sizeof(ulong)];
            _blocks[0] = TableOffset + image.Header.RefcountTableClusterCount * ClusterBytes;
            await WriteTableEntryAsync(0, cancellation).ConfigureAwait(false);
            ulong[] ones = new ulong[image.Header.RefcountTableClusterCount + 1];
            Array.Fill(ones, 1UL);
            await StoreAsync(TableOffset / ClusterBytes, ones, cancellation).ConfigureAwait(false);
        }

        public override async ValueTask VisitAsync(MappingVisitor visitor, CancellationToken cancellation)
        {
            ulong[] blocks = await ReadTableAsync(cancellation).ConfigureAwait(false);
            ulong bytes = image.Header.RefcountTableClusterCount * ClusterBytes;
            visitor.Table("refcount table", 0, HostOffset.None.Value, TableOffset, bytes);
            for (int i = 0; i < blocks.Length; i++)
            {
                if (blocks[i] != 0)
                {
                    ulong at = TableOffset + (ulong)i * sizeof(ulong);
                    visitor.Table("refcount block", (ulong)i, at, blocks[i], ClusterBytes);
                }
            }
        }

        protected override async ValueTask<ulong> FindEndAsync(CancellationToken cancellation)
        {
            ulong[] blocks = await LoadSoundBlocksAsync(cancellation).ConfigureAwait(false);
            ulong end = (ulong)(Array.FindLastIndex(blocks, static block => block != 0) + 1) * CountsPerBlock;

            // A few clusters past the file's end may be counted; that many more are not, in an image that is sound.
            return Math.Min(end, Storage.Length / ClusterBytes + MaxClustersPastEnd);
        }

        protected override async ValueTask LoadAsync(
            ulong firstCluster, Memory<ulong> counts, CancellationToken cancellation)
        {
            ulong[] blocks = await LoadBlocksAsync(cancellation).ConfigureAwait(false);
            for (int done = 0; done < counts.Length;)
            {
                (ulong block, int inBlock, int length) = Place(firstCluster + (ulong)done, counts.Length - done);
                Memory<ulong> part = counts.Slice(done, length);
                done += length;
                if (block >= (ulong)blocks.Length || blocks[block] == 0)
                {
                    part.Span.Clear();
                    continue;
                }

                CountBytes bytes = new(Bits, inBlock, length);
                await Storage.ReadAsync(At(blocks, block, bytes), bytes.Bytes, cancellation).ConfigureAwait(false);
                bytes.Read(part.Span);
            }
        }

        protected override async ValueTask StoreAsync(
            ulong firstCluster, ReadOnlyMemory<ulong> counts, CancellationToken cancellation)
        {
            await LoadSoundBlocksAsync(cancellation).ConfigureAwait(false);
            for (int done = 0; done < counts.Length;)
            {
                (ulong block, int inBlock, int length) = Place(firstCluster + (ulong)done, counts.Length - done);
                ReadOnlyMemory<ulong> part = counts.Slice(done, length);
                done += length;
                bool isMissing = block >= (ulong)_blocks!.Length || _blocks[block] == 0;
                if (isMissing && part.Span.IndexOfAnyExcept(0UL) < 0)
                {
                    continue;
                }

                if (isMissing)
                {
                    await AddBlockAsync(block, cancellation).ConfigureAwait(false);
                }

                CountBytes bytes = new(Bits, inBlock, length);
                HostOffset at = At(_blocks, block, bytes);
                if (bytes.SharesBytes)
                {
                    await Storage.ReadAsync(at, bytes.Bytes, cancellation).ConfigureAwait(false);
                }

                bytes.Write(part.Span);
                await Storage.WriteAsync(at, bytes.Bytes, cancellation).ConfigureAwait(false);
            }
        }

        private IStorage Storage => image.Storage;

        private (ulong Block, int InBlock, int Length) Place(ulong cluster, int most)
        {
            ulong inBlock = cluster % CountsPerBlock;
            return (cluster / CountsPerBlock, (int)inBlock, (int)Math.Min((ulong)most, CountsPerBlock - inBlock));
        }

        private HostOffset At(ulong[] blocks, ulong block, CountBytes bytes)
        {
            ulong host = blocks[block];
            return host <= MaxHostOffset && host < Storage.Length
                ? new HostOffset(host + bytes.Start)
                : throw image.EntryFault("refcount block", TableOffset, block, sizeof(ulong), host);
        }

        /// <summary>
        /// Adds a block: it counts itself, or is counted by another one that is on disk before the table names it.
        /// </summary>
        private async ValueTask AddBlockAsync(ulong index, CancellationToken cancellation)
        {
            if (index >= (ulong)_blocks!.Length)
            {
                await GrowTableAsync(index + 1, cancellation).ConfigureAwait(false);
                if (_blocks[index] != 0)
                {
                    return;
                }
            }

            ulong host = image.Tail.Take(ClusterBytes).Value;
            byte[] bytes = new byte[ClusterBytes];
            (ulong block, int inBlock, _) = Place(host / ClusterBytes, 1);
            if (block == index)
            {
                CountBytes own = new(Bits, inBlock, 1);
                own.Write([1]);
                own.Bytes.CopyTo(bytes, (int)own.Start);
            }
            else
            {
                await StoreAsync(host / ClusterBytes, new ulong[] { 1 }, cancellation).ConfigureAwait(false);
            }

            await Storage.WriteAsync(new HostOffset(host), bytes, cancellation).ConfigureAwait(false);
            _blocks[index] = host;
            if (!_isGrowing)
            {
                await Storage.FlushAsync(cancellation).ConfigureAwait(false);
                await WriteTableEntryAsync(index, cancellation).ConfigureAwait(false);
            }
        }
    }
}
