namespace BlockGen.Nbd;

internal sealed partial class NbdSession
{
    private async ValueTask ChangeAsync(NbdRequest request, BounceBuffer? payload)
    {
        NbdExport export = _transmission!.Export;
        Image image = export.Image;
        switch (request.Command)
        {
            case NbdCommand.Write when payload is not null && export.DetectsZeroes && IsZero(payload):
                await image.WriteZeroesAsync(GuestRangeOf(request), ZeroMode.MayUnmap, _abort.Token)
                    .ConfigureAwait(false);
                break;
            case NbdCommand.Write when payload is not null:
                await image.WriteAsync(GuestStart(request), payload.Memory, _abort.Token).ConfigureAwait(false);
                break;
            case NbdCommand.WriteZeroes when (request.Flags & CommandFlags.FastZero) != 0:
                // No image says beforehand whether it is going to be fast.
                Fail(request, NbdError.NotSupported, "whether zeroing is fast is not known");
                return;
            case NbdCommand.WriteZeroes:
                ZeroMode mode = (request.Flags & CommandFlags.NoHole) != 0 ? ZeroMode.KeepAllocated : ZeroMode.MayUnmap;
                await image.WriteZeroesAsync(GuestRangeOf(request), mode, _abort.Token).ConfigureAwait(false);
                break;
            case NbdCommand.Trim when export.Discards:
                await image.DiscardAsync(GuestRangeOf(request), _abort.Token).ConfigureAwait(false);
                break;
        }

        bool mustBeDurable = request.Command is NbdCommand.Flush
            || (request.Flags & CommandFlags.ForceUnitAccess) != 0 || export.FlushesChanges;
        if (mustBeDurable && !image.IsReadOnly)
        {
            await image.FlushAsync(_abort.Token).ConfigureAwait(false);
        }

        Succeed(request);
    }

    private static bool IsZero(BounceBuffer payload) => !payload.Memory.Span.ContainsAnyExcept((byte)0);
}
