namespace BlockGen.Nbd;

internal sealed partial class NbdSession
{
    /// <summary>Receives a request's data, where it has some, and starts it.</summary>
    private async ValueTask StartAsync(NbdRequest request)
    {
        BounceBuffer? payload = null;
        if (request.HasPayload(_transmission!.Style is ReplyStyle.Extended))
        {
            if (request.Length > NbdLimits.PayloadBytes)
            {
                _places.Release();
                throw new NbdProtocolException($"a request with {request.Length} bytes of data");
            }

            if (request.Command is not NbdCommand.Write || request.Length == 0)
            {
                await _channel.SkipAsync(request.Length).ConfigureAwait(false);
            }
            else
            {
                payload = await ReceivePayloadAsync((int)request.Length).ConfigureAwait(false);
            }
        }

        _ = RunAsync(request, payload);
    }

    private async ValueTask<BounceBuffer> ReceivePayloadAsync(int length)
    {
        BounceBuffer payload = await RentAsync(length).ConfigureAwait(false);
        try
        {
            await _channel.ReceiveAsync(payload.Memory).ConfigureAwait(false);
            return payload;
        }
        catch
        {
            payload.Dispose();
            _places.Release();
            throw;
        }
    }

    /// <summary>Runs a request to its reply. Fails never: what goes wrong is the reply.</summary>
    private async Task RunAsync(NbdRequest request, BounceBuffer? payload)
    {
        try
        {
            if (Judge(request) is not NbdError.None and NbdError refusal)
            {
                Fail(request, refusal, $"{request.Command} at {request.Offset}, {request.Length} bytes: refused");
                return;
            }

            await ObeyAsync(request, payload).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever an image throws is one request's failure; the client and the others go on.
            Fail(request, ErrorOf(failure), failure.Message);
        }
        finally
        {
            payload?.Dispose();
        }
    }

    private ValueTask ObeyAsync(NbdRequest request, BounceBuffer? payload)
    {
        switch (request.Command)
        {
            case NbdCommand.Read:
                return ReadAsync(request);
            case NbdCommand.Cache:
                return CacheAsync(request);
            case NbdCommand.BlockStatus:
                return TellStatusAsync(request);
            default:
                return ChangeAsync(request, payload);
        }
    }

    /// <summary>What is wrong with a request, in the order in which the protocol tells of it.</summary>
    private NbdError Judge(NbdRequest request)
    {
        NbdExport export = _transmission!.Export;
        bool isExtended = _transmission.Style is ReplyStyle.Extended;
        CommandFlags allowed = CommandFlags.ForceUnitAccess | request.Command switch
        {
            NbdCommand.Read when _transmission.Style is not ReplyStyle.Simple => CommandFlags.DontFragment,
            NbdCommand.Write when isExtended => CommandFlags.HasPayload,
            NbdCommand.WriteZeroes => CommandFlags.NoHole | CommandFlags.FastZero,
            NbdCommand.BlockStatus => CommandFlags.OnlyOneExtent,
            _ => CommandFlags.None,
        };
        if (request.Command > NbdCommand.BlockStatus || (request.Flags & ~allowed) != 0
            || (request.Command is NbdCommand.Write && isExtended && (request.Flags & CommandFlags.HasPayload) == 0)
            || (request.Command is NbdCommand.BlockStatus && _transmission.Contexts.Count == 0))
        {
            return NbdError.Invalid;
        }

        bool isChange = request.Command is NbdCommand.Write or NbdCommand.Trim or NbdCommand.WriteZeroes;
        if (isChange && !export.IsWritable)
        {
            return NbdError.NotPermitted;
        }

        if (!request.IsInside(export.Length) && request.Command is not NbdCommand.Flush)
        {
            return request.Command is NbdCommand.Write or NbdCommand.WriteZeroes ? NbdError.NoSpace : NbdError.Invalid;
        }

        return request.Command is NbdCommand.Read or NbdCommand.Cache && request.Length > NbdLimits.PayloadBytes
            ? NbdError.Overflow
            : NbdError.None;
    }

    private NbdError ErrorOf(Exception failure) => failure switch
    {
        IOException error when StorageErrors.IsNoSpace(error) => NbdError.NoSpace,
        OperationCanceledException or ObjectDisposedException => NbdError.Shutdown,
        ArgumentOutOfRangeException => NbdError.Invalid,
        _ => NbdError.InputOutput,
    };

    private GuestOffset GuestStart(NbdRequest request) => new(_transmission!.Export.Start + request.Offset);

    private GuestRange GuestRangeOf(NbdRequest request) => new(GuestStart(request), request.Length);
}
