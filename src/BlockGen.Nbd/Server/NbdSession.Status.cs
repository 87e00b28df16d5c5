using System.Buffers.Binary;

namespace BlockGen.Nbd;

internal sealed partial class NbdSession
{
    private async ValueTask TellStatusAsync(NbdRequest request)
    {
        if (request.Length == 0)
        {
            Fail(request, NbdError.Invalid, "the status of no bytes");
            return;
        }

        Transmission transmission = _transmission!;
        bool wantsOne = (request.Flags & CommandFlags.OnlyOneExtent) != 0;
        int mostExtents = wantsOne ? 1 : NbdLimits.StatusExtents;
        for (int at = 0; at < transmission.Contexts.Count; at++)
        {
            MetaContext context = transmission.Contexts[at];
            List<(ulong Length, uint Status)> extents =
                await ListStatusAsync(GuestRangeOf(request), context, mostExtents).ConfigureAwait(false);
            SendStatus(request, context, extents, isLast: at == transmission.Contexts.Count - 1);
        }
    }

    private async ValueTask<List<(ulong Length, uint Status)>> ListStatusAsync(
        GuestRange range, MetaContext context, int mostExtents)
    {
        List<(ulong Length, uint Status)> extents = [];
        while (range.Length > 0)
        {
            ChainExtent found = await _transmission!.Export.Image.MapChainAsync(range, _abort.Token)
                .ConfigureAwait(false);
            uint status = context == MetaContext.Allocation ? AllocationOf(found.Extent) : DepthOf(found);
            ulong length = found.Extent.Length;
            if (extents is [.., var last] && last.Status == status)
            {
                extents[^1] = (last.Length + length, status);
            }
            else if (extents.Count == mostExtents)
            {
                break;
            }
            else
            {
                extents.Add((length, status));
            }

            range = new GuestRange(range.Start + length, range.Length - length);
        }

        return extents;
    }

    private static uint AllocationOf(Extent extent) => (uint)(extent.Kind switch
    {
        MappingKind.Zero or MappingKind.Unallocated => AllocationStatus.Hole | AllocationStatus.Zero,
        _ => AllocationStatus.None,
    });

    private static uint DepthOf(ChainExtent found) => found.Extent.IsAllocated ? (uint)found.Depth + 1 : 0;

    private void SendStatus(
        NbdRequest request, MetaContext context, List<(ulong Length, uint Status)> extents, bool isLast)
    {
        bool isExtended = _transmission!.Style is ReplyStyle.Extended;
        int prefixBytes = isExtended ? 2 * sizeof(uint) : sizeof(uint);
        int descriptorBytes = isExtended ? ExtendedStatusDescriptor.Size : StatusDescriptor.Size;
        byte[] payload = new byte[prefixBytes + extents.Count * descriptorBytes];
        BinaryPrimitives.WriteUInt32BigEndian(payload, context.Id);
        if (isExtended)
        {
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(sizeof(uint)), (uint)extents.Count);
        }

        for (int at = 0; at < extents.Count; at++)
        {
            Span<byte> target = payload.AsSpan(prefixBytes + at * descriptorBytes);
            (ulong length, uint status) = extents[at];
            if (isExtended)
            {
                new ExtendedStatusDescriptor { Length = length, Status = status }.Write(target);
            }
            else
            {
                new StatusDescriptor { Length = (uint)length, Status = status }.Write(target);
            }
        }

        ChunkType type = isExtended ? ChunkType.ExtendedBlockStatus : ChunkType.BlockStatus;
        SendChunk(request, type, payload, isLast);
    }
}
