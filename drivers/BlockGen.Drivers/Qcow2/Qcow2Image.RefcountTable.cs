using System.Buffers.Binary;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    /// <summary>The table that names the blocks: how it is read, grows and is made anew.</summary>
    private sealed partial class Refcounts
    {
        private const ulong MaxTableBytes = 8 << 20;
        private const ulong BlockMask = ~511UL;
        private const int StoredClusters = 1 << 15;

        private HostRange Table => new(TableOffset, image.Header.RefcountTableClusterCount * ClusterBytes);

        /// <inheritdoc/>
        protected override async ValueTask RebuildAsync(
            ulong clusterCount, Func<ulong, ulong> countOf, CancellationToken cancellation)
        {
            _blocks = [];
            _broken = null;
            await MoveTableAsync(clusterCount / CountsPerBlock * 3 / 2 + 2, StoreAllAsync, cancellation)
                .ConfigureAwait(false);

            async ValueTask StoreAllAsync()
            {
                for (ulong first = 0; first < clusterCount; first += StoredClusters)
                {
                    ulong[] counts = new ulong[Math.Min(StoredClusters, clusterCount - first)];
                    for (int i = 0; i < counts.Length; i++)
                    {
                        counts[i] = countOf(first + (ulong)i);
                    }

                    await StoreAsync(first, counts, cancellation).ConfigureAwait(false);
                }
            }
        }

        private async ValueTask GrowTableAsync(ulong blockCount, CancellationToken cancellation)
        {
            HostRange old = Table;
            await MoveTableAsync(
                Math.Max(blockCount, (ulong)_blocks!.Length * 3 / 2), static () => default, cancellation)
                .ConfigureAwait(false);
            GiveBack(old);
        }

        /// <summary>Moves the table to a longer place; the header names it when all of it is on disk.</summary>
        private async ValueTask MoveTableAsync(
            ulong blockCount, Func<ValueTask> storeFirst, CancellationToken cancellation)
        {
            ulong clusterCount = (blockCount * sizeof(ulong) + ClusterBytes - 1) / ClusterBytes + 1;
            _isGrowing = true;
            try
            {
                RequireTableRoom(blockCount, clusterCount * ClusterBytes);
                Array.Resize(ref _blocks, (int)(clusterCount * ClusterBytes / sizeof(ulong)));
                await storeFirst().ConfigureAwait(false);
                HostOffset table = image.Tail.Take(clusterCount * ClusterBytes);
                ulong[] ones = new ulong[clusterCount];
                Array.Fill(ones, 1UL);
                await StoreAsync(table.Value / ClusterBytes, ones, cancellation).ConfigureAwait(false);
                byte[] bytes = new byte[clusterCount * ClusterBytes];
                for (int i = 0; i < _blocks.Length; i++)
                {
                    BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), _blocks[i]);
                }

                await Storage.WriteAsync(table, bytes, cancellation).ConfigureAwait(false);
                await Storage.FlushAsync(cancellation).ConfigureAwait(false);
                await image.ChangeHeaderAsync(
                    () => image.Header with { RefcountTableOffset = table, RefcountTableClusterCount = (uint)clusterCount },
                    cancellation).ConfigureAwait(false);
                await Storage.FlushAsync(cancellation).ConfigureAwait(false);
            }
            catch
            {
                _blocks = null; // the table on disk says what there is
                throw;
            }
            finally
            {
                _isGrowing = false;
            }
        }

        private void RequireTableRoom(ulong blockCount, ulong tableBytes)
        {
            if (tableBytes > MaxTableBytes)
            {
                throw new ImageException(
                    $"{image.Storage.Name}: counts of {blockCount * CountsPerBlock} clusters need a table of {tableBytes} "
                    + $"bytes, and there can be {MaxTableBytes}: clusters of {ClusterBytes} bytes are too small");
            }
        }

        private async ValueTask WriteTableEntryAsync(ulong index, CancellationToken cancellation)
        {
            byte[] entry = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(entry, _blocks![index]);
            await Storage.WriteAsync(new HostOffset(TableOffset + index * sizeof(ulong)), entry, cancellation)
                .ConfigureAwait(false);
        }

        /// <summary>The blocks; none where an entry cannot name one.</summary>
        private async ValueTask<ulong[]> LoadBlocksAsync(CancellationToken cancellation)
        {
            if (_blocks is not null)
            {
                return _blocks;
            }

            ulong[] blocks = await ReadTableAsync(cancellation).ConfigureAwait(false);
            for (int i = 0; i < blocks.Length; i++)
            {
                ulong host = blocks[i];
                if (host > MaxHostOffset || host % ClusterBytes != 0 || (host != 0 && !image.IsTable(host, ClusterBytes)))
                {
                    _broken ??= ((ulong)i, host);
                    blocks[i] = 0;
                }
            }

            return _blocks = blocks;
        }

        /// <summary>The blocks, for what is going to change some: none may be unknown.</summary>
        private async ValueTask<ulong[]> LoadSoundBlocksAsync(CancellationToken cancellation)
        {
            ulong[] blocks = await LoadBlocksAsync(cancellation).ConfigureAwait(false);
            return _broken is { } broken
                ? throw image.EntryFault("refcount block", TableOffset, broken.Index, sizeof(ulong), broken.Host)
                : blocks;
        }

        /// <summary>The table as it is on disk.</summary>
        private async ValueTask<ulong[]> ReadTableAsync(CancellationToken cancellation)
        {
            ulong length = Table.Length;
            if (length > MaxTableBytes || TableOffset > Storage.Length || length > Storage.Length - TableOffset)
            {
                throw image.FieldFault(
                    56, nameof(image.Header.RefcountTableClusterCount), image.Header.RefcountTableClusterCount,
                    $"is more than {MaxTableBytes} bytes or than there are in the file after 0x{TableOffset:x}");
            }

            byte[] bytes = new byte[length];
            await Storage.ReadAsync(new HostOffset(TableOffset), bytes, cancellation).ConfigureAwait(false);
            ulong[] blocks = new ulong[length / sizeof(ulong)];
            for (int i = 0; i < blocks.Length; i++)
            {
                blocks[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong))) & BlockMask;
            }

            return blocks;
        }
    }
}
