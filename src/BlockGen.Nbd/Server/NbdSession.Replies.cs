using System.Buffers.Binary;

namespace BlockGen.Nbd;

internal sealed partial class NbdSession
{
    private const int LargestHeadBytes = 64;

    private void Succeed(NbdRequest request)
    {
        if (_transmission!.Style is ReplyStyle.Extended
            || (_transmission.Style is ReplyStyle.Structured && request.Command is NbdCommand.Read))
        {
            SendChunk(request, ChunkType.None, [], isLast: true);
        }
        else
        {
            SendSimple(request, NbdError.None, data: null);
        }
    }

    private void Fail(NbdRequest request, NbdError error, string message)
    {
        if (_transmission!.Style is ReplyStyle.Simple)
        {
            SendSimple(request, error, data: null);
            return;
        }

        byte[] text = WireText.Write(message);
        byte[] payload = new byte[ErrorPayload.Size + text.Length];
        new ErrorPayload { Error = error, MessageBytes = (ushort)text.Length }.Write(payload);
        text.CopyTo(payload.AsSpan(ErrorPayload.Size));
        SendChunk(request, ChunkType.Error, payload, isLast: true);
    }

    private void SendData(NbdRequest request, ulong offset, BounceBuffer data, bool isLast)
    {
        if (_transmission!.Style is ReplyStyle.Simple)
        {
            SendSimple(request, NbdError.None, data);
            return;
        }

        Span<byte> head = stackalloc byte[LargestHeadBytes];
        int headerBytes = WriteChunkHeader(
            head, request, ChunkType.OffsetData, (uint)(sizeof(ulong) + data.Length), isLast);
        BinaryPrimitives.WriteUInt64BigEndian(head[headerBytes..], offset);
        _replies.Add(head[..(headerBytes + sizeof(ulong))], data.Memory, data, isLast);
    }

    private void SendHole(NbdRequest request, ulong offset, uint length, bool isLast)
    {
        Span<byte> payload = stackalloc byte[HolePayload.Size];
        new HolePayload { Offset = offset, Length = length }.Write(payload);
        SendChunk(request, ChunkType.OffsetHole, payload, isLast);
    }

    private void SendChunk(NbdRequest request, ChunkType type, ReadOnlySpan<byte> payload, bool isLast)
    {
        Span<byte> head = stackalloc byte[LargestHeadBytes];
        int headerBytes = WriteChunkHeader(head, request, type, (uint)payload.Length, isLast);
        if (payload.Length <= LargestHeadBytes - headerBytes)
        {
            payload.CopyTo(head[headerBytes..]);
            _replies.Add(head[..(headerBytes + payload.Length)], payload: default, owner: null, isLast);
        }
        else
        {
            byte[] message = [.. head[..headerBytes], .. payload];
            _replies.Add(message, payload: default, owner: null, isLast);
        }
    }

    private int WriteChunkHeader(
        Span<byte> target, NbdRequest request, ChunkType type, uint payloadBytes, bool isLast)
    {
        ChunkFlags flags = isLast ? ChunkFlags.Done : ChunkFlags.None;
        if (_transmission!.Style is ReplyStyle.Extended)
        {
            new ExtendedChunk
            {
                Magic = ExtendedChunk.MagicValue,
                Flags = flags,
                Type = type,
                Cookie = request.Cookie,
                RequestOffset = request.Offset,
                PayloadBytes = payloadBytes,
            }.Write(target);
            return ExtendedChunk.Size;
        }

        new StructuredChunk
        {
            Magic = StructuredChunk.MagicValue,
            Flags = flags,
            Type = type,
            Cookie = request.Cookie,
            PayloadBytes = payloadBytes,
        }.Write(target);
        return StructuredChunk.Size;
    }

    private void SendSimple(NbdRequest request, NbdError error, BounceBuffer? data)
    {
        Span<byte> head = stackalloc byte[SimpleReply.Size];
        new SimpleReply { Magic = SimpleReply.MagicValue, Error = error, Cookie = request.Cookie }.Write(head);
        _replies.Add(head, data?.Memory ?? default, data, isLast: true);
    }
}
