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
        try
        {
            foreach (byte[] info in await AskAsync(NbdOption.Go, InfoQuery(export)).ConfigureAwait(false))
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
        await TryAskAsync(NbdOption.StructuredReply).ConfigureAwait(false);
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
            exports.Add(await DescribeAsync(name, description).ConfigureAwait(false));
        }

        return exports;
    }

    /// <summary>Asks for the facts of an export; those that the server does not tell stay unknown.</summary>
    private async ValueTask<NbdListedExport> DescribeAsync(string name, string description)
    {
        NbdListedExport export = new(name, description);
        try
        {
            foreach (byte[] info in await AskAsync(NbdOption.Info, InfoQuery(name)).ConfigureAwait(false))
            {
                AgreedExport learnt = Learn(new AgreedExport { MostPayloadBytes = 0 }, info);
                if (learnt.Has(TransmissionFlags.HasFlags))
                {
                    export = export with { Length = learnt.Length, Flags = (ushort)learnt.Flags };
                }
                else if (learnt.MostPayloadBytes > 0)
                {
                    BlockSizes sizes = BlockSizes.Read(info.AsSpan(sizeof(InfoType)));
                    export = export with
                    {
                        BlockBytes = (sizes.LeastBytes, sizes.PreferredBytes, sizes.MostPayloadBytes),
                    };
                }
            }

            byte[] bytes = Encoding.UTF8.GetBytes(name);
            byte[] query = [.. Number((uint)bytes.Length), .. bytes, .. Number(0)];
            List<byte[]> contexts = await AskAsync(NbdOption.ListMetaContext, query).ConfigureAwait(false);
            return export with
            {
                Contexts = [.. contexts.Where(context => context.Length > sizeof(uint))
                    .Select(context => Encoding.UTF8.GetString(context.AsSpan(sizeof(uint))))],
            };
        }
        catch (OptionRefusedException)
        {
            return export;
        }
    }

    private static byte[] InfoQuery(string export)
    {
        byte[] name = Encoding.UTF8.GetBytes(export);
        return [.. Number((uint)name.Length), .. name, 0, 1, 0, (byte)InfoType.BlockSize];
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
        new OptionHeader
        {
            Magic = OptionHeader.MagicValue,
            Option = option,
            DataBytes = (uint)data.Length,
        }.Write(header);
        return channel.SendAsync([header, data]);
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private sealed class OptionRefusedException(NbdOption option, OptionReply reason, string message)
        : IOException(Describe(option, reason, message))
    {
        public OptionReply Reason { get; } = reason;

        private static string Describe(NbdOption option, OptionReply reason, string message)
        {
            string problem = reason is OptionReply.UnknownExport
                ? "Requested export not available"
                : $"the server refuses option {option}: {reason}";
            return message.Length > 0 ? $"{problem}\nserver reported: {message}" : problem;
        }
    }
}
