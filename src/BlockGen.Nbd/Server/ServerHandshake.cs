using System.Buffers.Binary;

namespace BlockGen.Nbd;

/// <summary>The handshake phase, from the greeting to the choice of an export.</summary>
/// <param name="server">What is offered, and how.</param>
/// <param name="channel">The client.</param>
/// <param name="enter">Takes the client into an export; false when that is about to go.</param>
internal sealed partial class ServerHandshake(NbdServer server, NbdChannel channel, Func<NbdExport, bool> enter)
{
    private const int MostOptions = 1024;
    private const uint MostSkippedBytes = 32 << 20;
    private const int ReservedBytes = 124;

    private ClientFlags _client;
    private bool _isStructured;
    private bool _isExtended;
    private string? _contextExport;
    private IReadOnlyList<MetaContext> _contexts = [];

    /// <summary>What was agreed on; null when the client wishes to go.</summary>
    /// <exception cref="NbdProtocolException">The client broke the protocol.</exception>
    public async ValueTask<Transmission?> RunAsync(CancellationToken cancellation)
    {
        await GreetAsync().ConfigureAwait(false);
        for (int count = 0; count < MostOptions; count++)
        {
            if (!await channel.TryFillAsync(OptionHeader.Size).ConfigureAwait(false))
            {
                return null;
            }

            OptionHeader option = await channel.ReceiveAsync<OptionHeader>().ConfigureAwait(false);
            if (option.Magic != OptionHeader.MagicValue)
            {
                throw new NbdProtocolException("an option does not begin with its magic number");
            }

            if (option.Option is NbdOption.ExportName)
            {
                return await EnterByNameAsync(option.DataBytes).ConfigureAwait(false);
            }

            if ((_client & ClientFlags.FixedNewstyle) == 0)
            {
                throw new NbdProtocolException($"option {option.Option} without fixed newstyle");
            }

            if (option.DataBytes > NbdLimits.OptionBytes)
            {
                await RefuseLongOptionAsync(option).ConfigureAwait(false);
                continue;
            }

            await channel.FillAsync((int)option.DataBytes).ConfigureAwait(false);
            if (option.Option is NbdOption.Abort)
            {
                await ReplyAsync(option.Option, OptionReply.Acknowledged, []).ConfigureAwait(false);
                return null;
            }

            if (await AnswerAsync(option, cancellation).ConfigureAwait(false) is { } transmission)
            {
                return transmission;
            }
        }

        throw new NbdProtocolException($"more than {MostOptions} options");
    }

    private bool NeedsTls => server.Options is { Credentials: not null, RequiresTls: true } && !channel.IsSecure;

    private ReplyStyle Style =>
        _isExtended ? ReplyStyle.Extended : _isStructured ? ReplyStyle.Structured : ReplyStyle.Simple;

    private async ValueTask GreetAsync()
    {
        byte[] greeting = new byte[ServerGreeting.Size];
        new ServerGreeting
        {
            InitialMagic = ServerGreeting.InitialMagicValue,
            OptionMagic = ServerGreeting.OptionMagicValue,
            Flags = HandshakeFlags.FixedNewstyle | HandshakeFlags.NoZeroes,
        }.Write(greeting);
        await channel.SendAsync(greeting).ConfigureAwait(false);
        await channel.FillAsync(sizeof(ClientFlags)).ConfigureAwait(false);
        _client = (ClientFlags)BinaryPrimitives.ReadUInt32BigEndian(channel.Buffered);
        channel.Take(sizeof(ClientFlags));
        if ((_client & ~(ClientFlags.FixedNewstyle | ClientFlags.NoZeroes)) != 0)
        {
            throw new NbdProtocolException($"unknown client flags 0x{(uint)_client:x}");
        }
    }

    /// <summary>The oldest way to choose an export, which cannot answer with an error.</summary>
    private async ValueTask<Transmission?> EnterByNameAsync(uint nameBytes)
    {
        if (_isExtended || NeedsTls || nameBytes > NbdLimits.TextBytes)
        {
            throw new NbdProtocolException("an export chosen in a way that is not open to this client");
        }

        await channel.FillAsync((int)nameBytes).ConfigureAwait(false);
        string? name = WireText.TryRead(channel.Buffered[..(int)nameBytes]);
        channel.Take((int)nameBytes);
        if (name is null || server.Find(name) is not { } export || !enter(export))
        {
            throw new NbdProtocolException("an export that there is not");
        }

        bool sendsZeroes = (_client & ClientFlags.NoZeroes) == 0;
        byte[] reply = new byte[ExportFacts.Size + (sendsZeroes ? ReservedBytes : 0)];
        FactsOf(export).Write(reply);
        await channel.SendAsync(reply).ConfigureAwait(false);
        return new Transmission(export, Style, ContextsOf(export));
    }

    private async ValueTask RefuseLongOptionAsync(OptionHeader option)
    {
        if (option.DataBytes > MostSkippedBytes)
        {
            throw new NbdProtocolException($"option {option.Option} with {option.DataBytes} bytes of data");
        }

        await channel.SkipAsync(option.DataBytes).ConfigureAwait(false);
        await ReplyAsync(
            option.Option,
            NeedsTls ? OptionReply.TlsRequired : OptionReply.TooBig,
            []).ConfigureAwait(false);
    }

    private ExportFacts FactsOf(NbdExport export) => new()
    {
        ExportBytes = export.Length,
        Flags = TransmissionFlags.HasFlags | TransmissionFlags.SendFlush | TransmissionFlags.SendFua
            | TransmissionFlags.SendCache
            | (export.IsWritable
                ? TransmissionFlags.SendTrim | TransmissionFlags.SendWriteZeroes | TransmissionFlags.SendFastZero
                : TransmissionFlags.ReadOnly)
            | (Style is ReplyStyle.Simple ? 0 : TransmissionFlags.SendDontFragment)
            | (export.AllowsManyConnections ? TransmissionFlags.CanMultiConnect : 0),
    };

    private IReadOnlyList<MetaContext> ContextsOf(NbdExport export) => _contextExport == export.Name ? _contexts : [];

    private async ValueTask ReplyAsync(NbdOption option, OptionReply type, byte[] data)
    {
        byte[] header = new byte[OptionReplyHeader.Size];
        new OptionReplyHeader
        {
            Magic = OptionReplyHeader.MagicValue,
            Option = option,
            Type = type,
            DataBytes = (uint)data.Length,
        }.Write(header);
        await channel.SendAsync([header, data]).ConfigureAwait(false);
    }
}
