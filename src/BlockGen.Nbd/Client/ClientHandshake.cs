using System.Buffers.Binary;
using System.Text;

namespace BlockGen.Nbd;

/// <summary>The handshake phase, as a client.</summary>
/// <param name="channel">The server.</param>
internal sealed class ClientHandshake(NbdChannel channel)
{
    private const int MostReplies = 100_000;
    private const string AllocationContext = "base:allocation";

    private bool _isFixed;

    /// <summary>Meets the server, and goes over to TLS where that is a must.</summary>
    public async ValueTask GreetAsync(NbdAddress address, NbdStorageOptions options, CancellationToken cancellation)
    {
        ServerGreeting greeting = await channel.ReceiveAsync<ServerGreeting>().ConfigureAwait(false);
        if (greeting.Validate() is { } fault)
        {
            throw new NbdProtocolException($"the server does not speak NBD's newstyle: {fault}");
        }

        _isFixed = (greeting.Flags & HandshakeFlags.FixedNewstyle) != 0;
        ClientFlags flags = (_isFixed ? ClientFlags.FixedNewstyle : 0)
            | ((greeting.Flags & HandshakeFlags.NoZeroes) != 0 ? ClientFlags.NoZeroes : 0);
        byte[] reply = new byte[sizeof(ClientFlags)];
        BinaryPrimitives.WriteUInt32BigEndian(reply, (uint)flags);
        await channel.SendAsync(reply).ConfigureAwait(false);
        if (address.IsSecure)
        {
            await AskAsync(NbdOption.StartTls, []).ConfigureAwait(false);
            string? hostName = options.TlsHostName ?? address.HostName;
            await channel.SecureAsync(NbdCredentials.OptionsOf(options.Credentials, hostName), cancellation)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Chooses an export and enters the transmission phase.</summary>
    public async ValueTask<AgreedExport> EnterAsync(string export)
    {
        if (!_isFixed)
        {
            return await EnterByNameAsync(export, hasZeroes: true).ConfigureAwait(false);
        }

        ReplyStyle style = await TryAskAsync(NbdOption.ExtendedHeaders).ConfigureAwait(false) ? ReplyStyle.Extended
            : await TryAskAsync(NbdOption.StructuredReply).ConfigureAwait(false) ? ReplyStyle.Structured
            : ReplyStyle.Simple;
        uint? context = style is ReplyStyle.Simple ? null : await ChooseContextAsync(export).ConfigureAwait(false);
        AgreedExport agreed = new() { Style = style, AllocationContext = context };
        byte[] name = Encoding.UTF8.GetBytes(export);
        byte[] data = [.. Number((uint)name.Length), .. name, 0, 1, 0, (byte)InfoType.BlockSize];
        try
        {
            foreach (byte[] info in await AskAsync(NbdOption.Go, data).ConfigureAwait(false))
            {
                agreed = Learn(agreed, info);
            }
        }
        catch (OptionRefusedException refusal) when (refusal.Reason is OptionReply.Unsupported)
        {
            return await EnterByNameAsync(export, hasZeroes: false).ConfigureAwait(false) with
            {
                Style = style,
                AllocationContext = context,
            };
        }

        return agreed.Has(TransmissionFlags.HasFlags)
            ? agreed
            : throw new NbdProtocolException("the server does not tell how large the export is");
    }

    /// <summary>Lists what the server offers.</summary>
    public async ValueTask<IReadOnlyList<NbdListedExport>> ListAsync()
    {
        List<NbdListedExport> exports = [];
        foreach (byte[] reply in await AskAsync(NbdOption.List, []).ConfigureAwait(false))
        {
            uint nameBytes = reply.Length < sizeof(uint) ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(reply);
            if (nameBytes > (uint)(reply.Length - sizeof(uint)))
            {
                throw new NbdProtocolException("the server lists an export without a name");
            }

            string name = Encoding.UTF8.GetString(reply, sizeof(uint), (int)nameBytes);
            string description = Encoding.UTF8.GetString(reply.AsSpan(sizeof(uint) + (int)nameBytes));
            exports.Add(new NbdListedExport(name, description));
        }

        return exports;
    }

    private async ValueTask<AgreedExport> EnterByNameAsync(string export, bool hasZeroes)
    {
        const int ReservedBytes = 124;
        await SendOptionAsync(NbdOption.ExportName, Encoding.UTF8.GetBytes(export)).ConfigureAwait(false);
        ExportFacts facts = await channel.ReceiveAsync<ExportFacts>().ConfigureAwait(false);
        await channel.SkipAsync(hasZeroes ? ReservedBytes : 0u).ConfigureAwait(false);
        return new AgreedExport { Length = facts.ExportBytes, Flags = facts.Flags };
    }

    private async ValueTask<uint?> ChooseContextAsync(string export)
    {
        byte[] name = Encoding.UTF8.GetBytes(export);
        byte[] query = Encoding.UTF8.GetBytes(AllocationContext);
        byte[] data = [.. Number((uint)name.Length), .. name, .. Number(1), .. Number((uint)query.Length), .. query];
        try
        {
            foreach (byte[] reply in await AskAsync(NbdOption.SetMetaContext, data).ConfigureAwait(false))
            {
                if (reply.Length > sizeof(uint) && reply.AsSpan(sizeof(uint)).SequenceEqual(query))
                {
                    return BinaryPrimitives.ReadUInt32BigEndian(reply);
                }
            }
        }
        catch (OptionRefusedException)
        {
            // An export that does not exist is told of when it is entered.
        }

        return null;
    }

    private static AgreedExport Learn(AgreedExport agreed, byte[] info)
    {
        const int TypeBytes = sizeof(InfoType);
        if (info.Length < TypeBytes)
        {
            throw new NbdProtocolException("the server tells something of the export without saying what");
        }

        ReadOnlySpan<byte> payload = info.AsSpan(TypeBytes);
        switch ((InfoType)BinaryPrimitives.ReadUInt16BigEndian(info))
        {
            case InfoType.Export when payload.Length == ExportFacts.Size:
                ExportFacts facts = ExportFacts.Read(payload);
                return agreed with { Length = facts.ExportBytes, Flags = facts.Flags | TransmissionFlags.HasFlags };
            case InfoType.BlockSize when payload.Length == BlockSizes.Size:
                BlockSizes sizes = BlockSizes.Read(payload);
                bool isSound = uint.IsPow2(sizes.LeastBytes) && sizes.LeastBytes <= 64 << 10
                    && sizes.MostPayloadBytes >= sizes.LeastBytes;
                return isSound
                    ? agreed with
                    {
                        LeastBlockBytes = sizes.LeastBytes,
                        MostPayloadBytes = Math.Min(sizes.MostPayloadBytes, NbdLimits.PayloadBytes)
                            / sizes.LeastBytes * sizes.LeastBytes,
                    }
                    : throw new NbdProtocolException($"the server asks for impossible block sizes: {sizes}");
            default:
                return agreed;
        }
    }

    private async ValueTask<bool> TryAskAsync(NbdOption option)
    {
        try
        {
            await AskAsync(option, []).ConfigureAwait(false);
            return true;
        }
        catch (OptionRefusedException)
        {
            return false;
        }
    }

    /// <summary>Sends an option; the data of its replies before the acknowledgement.</summary>
    /// <exception cref="OptionRefusedException">The server refuses.</exception>
    private async ValueTask<List<byte[]>> AskAsync(NbdOption option, byte[] data)
    {
        await SendOptionAsync(option, data).ConfigureAwait(false);
        List<byte[]> replies = [];
        while (replies.Count < MostReplies)
        {
            OptionReplyHeader header = await channel.ReceiveAsync<OptionReplyHeader>().ConfigureAwait(false);
            if (header.Validate() is { } fault || header.Option != option || header.DataBytes > NbdLimits.OptionBytes)
            {
                throw new NbdProtocolException($"the server answers option {option} with {header}");
            }

            byte[] reply = new byte[(int)header.DataBytes];
            await channel.ReceiveAsync(reply.AsMemory()).ConfigureAwait(false);
            if (header.Type is OptionReply.Acknowledged)
            {
                return replies;
            }

            if (header.Type >= OptionReply.FirstError)
            {
                throw new OptionRefusedException(option, header.Type, Encoding.UTF8.GetString(reply));
            }

            replies.Add(reply);
        }

        throw new NbdProtocolException($"the server answers option {option} without end");
    }

    private ValueTask SendOptionAsync(NbdOption option, byte[] data)
    {
        byte[] header = new byte[OptionHeader.Size];
        new OptionHeader { Magic = OptionHeader.MagicValue, Option = option, DataBytes = (uint)data.Length }.Write(header);
        return channel.SendAsync([header, data]);
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private sealed class OptionRefusedException(NbdOption option, OptionReply reason, string message)
        : IOException(message.Length > 0 ? message : $"the server refuses option {option}: {reason}")
    {
        public OptionReply Reason { get; } = reason;
    }
}

/// <summary>An export as its server lists it.</summary>
/// <param name="Name">What clients ask for.</param>
/// <param name="Description">What a person is told; may be empty.</param>
public sealed record NbdListedExport(string Name, string Description);
