namespace BlockGen.Nbd;

internal sealed partial class NbdSession
{
    // Looking for holes costs a lookup: a short read is over sooner.
    private const int HoleSearchBytes = 64 << 10;

    private async ValueTask ReadAsync(NbdRequest request)
    {
        if (request.Length == 0)
        {
            Succeed(request);
        }
        else if (_transmission!.Style is ReplyStyle.Simple || request.Length < HoleSearchBytes
            || (request.Flags & CommandFlags.DontFragment) != 0)
        {
            BounceBuffer data = await FetchAsync(request.Offset, (int)request.Length).ConfigureAwait(false);
            SendData(request, request.Offset, data, isLast: true);
        }
        else
        {
            await ReadExtentsAsync(request).ConfigureAwait(false);
        }
    }

    /// <summary>Reads extent by extent, so that nothing is read and sent of holes.</summary>
    private async ValueTask ReadExtentsAsync(NbdRequest request)
    {
        Image image = _transmission!.Export.Image;
        GuestRange rest = GuestRangeOf(request);
        while (rest.Length > 0)
        {
            (GuestRange run, bool isZero) = await FindRunAsync(image, rest).ConfigureAwait(false);
            rest = new GuestRange(run.End, rest.Length - run.Length);
            ulong offset = run.Start.Value - _transmission.Export.Start;
            if (isZero)
            {
                SendHole(request, offset, (uint)run.Length, isLast: rest.Length == 0);
                continue;
            }

            BounceBuffer data = await FetchAsync(offset, (int)run.Length).ConfigureAwait(false);
            SendData(request, offset, data, isLast: rest.Length == 0);
        }
    }

    /// <summary>The first extents of a range that are alike: all zeroes, or all to be read.</summary>
    private async ValueTask<(GuestRange Run, bool IsZero)> FindRunAsync(Image image, GuestRange range)
    {
        ChainExtent first = await image.MapChainAsync(range, _abort.Token).ConfigureAwait(false);
        bool isZero = ReadsAsZero(first.Extent);
        ulong length = first.Extent.Length;
        while (length < range.Length)
        {
            GuestRange rest = new(range.Start + length, range.Length - length);
            ChainExtent next = await image.MapChainAsync(rest, _abort.Token).ConfigureAwait(false);
            if (ReadsAsZero(next.Extent) != isZero)
            {
                break;
            }

            length += next.Extent.Length;
        }

        return (range.Take(length), isZero);
    }

    private static bool ReadsAsZero(Extent extent) => extent.Kind is MappingKind.Zero or MappingKind.Unallocated;

    private async ValueTask<BounceBuffer> FetchAsync(ulong offset, int length)
    {
        BounceBuffer data = await RentAsync(length).ConfigureAwait(false);
        try
        {
            NbdExport export = _transmission!.Export;
            await export.Image.ReadAsync(new GuestOffset(export.Start + offset), data.Memory, _abort.Token)
                .ConfigureAwait(false);
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Reads what the client is about to ask for, so that it is at hand then.</summary>
    private async ValueTask CacheAsync(NbdRequest request)
    {
        if (request.Length > 0)
        {
            using BounceBuffer data = await FetchAsync(request.Offset, (int)request.Length).ConfigureAwait(false);
        }

        Succeed(request);
    }
}
