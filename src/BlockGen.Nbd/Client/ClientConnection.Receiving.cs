using System.Buffers.Binary;
using System.Text;

namespace BlockGen.Nbd;

internal sealed partial class ClientConnection
{
    private const uint MostMessageBytes = NbdLimits.TextBytes + 64;
    private const uint MostStatusBytes = 16 * (1 << 20) + 8;

    private async Task<string> ReceiveAsync()
    {
        try
        {
            while (await ReceiveReplyAsync().ConfigureAwait(false))
            {
            }

            return "the server has closed the connection";
        }
        catch (Exception failure) when (NbdChannel.IsLoss(failure))
        {
            return failure.Message;
        }
        finally
        {
            _channel.Close();
        }
    }

    private async ValueTask<bool> ReceiveReplyAsync()
    {
        if (!await _channel.TryFillAsync(sizeof(uint)).ConfigureAwait(false))
        {
            return false;
        }

        bool isStructured = StartsWith(StructuredChunk.MagicValue);
        if (Export.Style is ReplyStyle.Extended)
        {
            ExtendedChunk chunk = await _channel.ReceiveAsync<ExtendedChunk>().ConfigureAwait(false);
            Require(chunk.Magic == ExtendedChunk.MagicValue, "a reply without extended headers");
            await ReceiveChunkAsync(chunk.Type, chunk.Flags, chunk.Cookie, chunk.PayloadBytes).ConfigureAwait(false);
        }
        else if (Export.Style is ReplyStyle.Structured && isStructured)
        {
            StructuredChunk chunk = await _channel.ReceiveAsync<StructuredChunk>().ConfigureAwait(false);
            await ReceiveChunkAsync(chunk.Type, chunk.Flags, chunk.Cookie, chunk.PayloadBytes).ConfigureAwait(false);
        }
        else
        {
            SimpleReply reply = await _channel.ReceiveAsync<SimpleReply>().ConfigureAwait(false);
            Require(reply.Magic == SimpleReply.MagicValue, "a reply that does not begin with its magic number");
            await ReceiveSimpleAsync(reply).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask ReceiveSimpleAsync(SimpleReply reply)
    {
        ClientRequest request = Find(reply.Cookie);
        if (reply.Error is not NbdError.None)
        {
            Note(request, reply.Error, "");
        }
        else if (request.Command is NbdCommand.Read)
        {
            Require(Export.Style is ReplyStyle.Simple, "a read without structure");
            await _channel.ReceiveAsync(request.Target!.Memory).ConfigureAwait(false);
            request.Received.TryAdd(0, request.Length);
        }

        Complete(reply.Cookie, request);
    }

    private async ValueTask ReceiveChunkAsync(ChunkType type, ChunkFlags flags, ulong cookie, ulong payloadBytes)
    {
        ClientRequest request = Find(cookie);
        switch (type)
        {
            case ChunkType.None:
                Require(payloadBytes == 0 && flags == ChunkFlags.Done, "an end with something in it");
                break;
            case ChunkType.OffsetData:
                await ReceiveDataAsync(request, payloadBytes).ConfigureAwait(false);
                break;
            case ChunkType.OffsetHole:
                Require(payloadBytes == (ulong)HolePayload.Size, "a hole of another form");
                HolePayload hole = await _channel.ReceiveAsync<HolePayload>().ConfigureAwait(false);
                PlaceOf(request, hole.Offset, hole.Length).Span.Clear();
                break;
            case ChunkType.BlockStatus or ChunkType.ExtendedBlockStatus:
                await ReceiveStatusAsync(request, type, payloadBytes).ConfigureAwait(false);
                break;
            case >= ChunkType.FirstError:
                await ReceiveErrorAsync(request, payloadBytes).ConfigureAwait(false);
                break;
            default:
                throw new NbdProtocolException($"the server sends a chunk of unknown type {(ushort)type}");
        }

        if ((flags & ChunkFlags.Done) != 0)
        {
            Complete(cookie, request);
        }
    }

    private async ValueTask ReceiveDataAsync(ClientRequest request, ulong payloadBytes)
    {
        Require(payloadBytes > sizeof(ulong), "data without any");
        await _channel.FillAsync(sizeof(ulong)).ConfigureAwait(false);
        ulong offset = BinaryPrimitives.ReadUInt64BigEndian(_channel.Buffered);
        _channel.Take(sizeof(ulong));
        await _channel.ReceiveAsync(PlaceOf(request, offset, payloadBytes - sizeof(ulong))).ConfigureAwait(false);
    }

    /// <summary>The part of a read's memory that a chunk is for.</summary>
    private static Memory<byte> PlaceOf(ClientRequest request, ulong offset, ulong length)
    {
        Require(request.Command is NbdCommand.Read, "data that nobody asked for");
        bool isInside = length > 0 && offset >= request.Offset && length <= request.Length
            && offset - request.Offset <= request.Length - length;
        Require(isInside, $"data at 0x{offset:x} of a read at 0x{request.Offset:x}");
        ulong start = offset - request.Offset;
        Require(request.Received.TryAdd(start, length), "the same data twice");
        return request.Target!.Memory.Slice((int)start, (int)length);
    }

    private async ValueTask ReceiveStatusAsync(ClientRequest request, ChunkType type, ulong payloadBytes)
    {
        bool isExtended = type is ChunkType.ExtendedBlockStatus;
        int descriptorBytes = isExtended ? ExtendedStatusDescriptor.Size : StatusDescriptor.Size;
        ulong prefixBytes = isExtended ? 2UL * sizeof(uint) : sizeof(uint);
        bool isSound = payloadBytes > prefixBytes && payloadBytes <= MostStatusBytes
            && (payloadBytes - prefixBytes) % (ulong)descriptorBytes == 0 && request.Command is NbdCommand.BlockStatus
            && isExtended == Export.Style is ReplyStyle.Extended;
        Require(isSound, $"a status of {payloadBytes} bytes");
        await _channel.FillAsync((int)prefixBytes).ConfigureAwait(false);
        bool isAllocation = BinaryPrimitives.ReadUInt32BigEndian(_channel.Buffered) == Export.AllocationContext;
        _channel.Take((int)prefixBytes);
        for (ulong rest = payloadBytes - prefixBytes; rest > 0; rest -= (ulong)descriptorBytes)
        {
            await _channel.FillAsync(descriptorBytes).ConfigureAwait(false);
            (ulong length, uint status) = ReadDescriptor(isExtended);
            _channel.Take(descriptorBytes);
            Require(length > 0, "the status of no bytes");
            if (isAllocation && request.Extents.Count < NbdLimits.StatusExtents)
            {
                request.Extents.Add(new StatusExtent(length, (AllocationStatus)status));
            }
        }
    }

    private (ulong Length, uint Status) ReadDescriptor(bool isExtended)
    {
        if (isExtended)
        {
            ExtendedStatusDescriptor wide = ExtendedStatusDescriptor.Read(_channel.Buffered);
            return (wide.Length, (uint)wide.Status);
        }

        StatusDescriptor narrow = StatusDescriptor.Read(_channel.Buffered);
        return (narrow.Length, narrow.Status);
    }

    private async ValueTask ReceiveErrorAsync(ClientRequest request, ulong payloadBytes)
    {
        Require(
            payloadBytes >= (ulong)ErrorPayload.Size && payloadBytes <= MostMessageBytes,
            $"an error of {payloadBytes} bytes");
        ErrorPayload error = await _channel.ReceiveAsync<ErrorPayload>().ConfigureAwait(false);
        int restBytes = (int)payloadBytes - ErrorPayload.Size;
        Require(error.MessageBytes <= restBytes, "an error whose message is longer than it is");
        await _channel.FillAsync(restBytes).ConfigureAwait(false);
        string message = Encoding.UTF8.GetString(_channel.Buffered[..error.MessageBytes]);
        _channel.Take(restBytes);
        Note(request, error.Error, message);
    }

    private static void Note(ClientRequest request, NbdError error, string message)
    {
        // Who shuts down is gone soon: what it did not do is asked for again, of whoever comes after it.
        Require(error is not NbdError.Shutdown, "that it shuts down");
        int code = (int)(error is NbdError.None ? NbdError.InputOutput : error);
        string reason = message.Length > 0 ? $"{code}: {message}" : $"{code}";
        request.Failure ??= new IOException(
            $"{request.Command} of {request.Length} bytes at 0x{request.Offset:x}: the server answers with error {reason}",
            code);
    }

    private ClientRequest Find(ulong cookie) => _pending.TryGetValue(cookie, out ClientRequest? request)
        ? request
        : throw new NbdProtocolException($"the server answers request {cookie}, which it was not asked");

    private void Complete(ulong cookie, ClientRequest request)
    {
        bool isShort = request.Failure is null && request.Command is NbdCommand.Read
            && !request.Received.IsComplete(request.Length);
        Require(!isShort, "less than it was asked for");
        if (_pending.TryRemove(cookie, out _))
        {
            request.Complete();
            request.Dispose();
        }
    }

    private bool StartsWith(uint magic) => BinaryPrimitives.ReadUInt32BigEndian(_channel.Buffered) == magic;

    private static void Require(bool isKept, string sent)
    {
        if (!isKept)
        {
            throw new NbdProtocolException($"the server sends {sent}");
        }
    }
}

/// <summary>What a server says of an extent.</summary>
/// <param name="Length">Bytes; never zero.</param>
/// <param name="Status">Whether it is stored, and whether it is zero.</param>
internal readonly record struct StatusExtent(ulong Length, AllocationStatus Status);
