using System.Buffers.Binary;
using System.Text;

namespace BlockGen.Nbd;

internal sealed partial class ServerHandshake
{
    private const string HiddenByTls = "this server shows nothing without TLS";

    /// <summary>Answers an option whose data has arrived; what it led to when it ended the handshake.</summary>
    private async ValueTask<Transmission?> AnswerAsync(OptionHeader header, CancellationToken cancellation)
    {
        int dataBytes = (int)header.DataBytes;
        NbdOption option = header.Option;
        if (option is NbdOption.StartTls)
        {
            channel.Take(dataBytes);
            await StartTlsAsync(dataBytes, cancellation).ConfigureAwait(false);
            return null;
        }

        if (NeedsTls)
        {
            channel.Take(dataBytes);
            await RefuseAsync(option, OptionReply.TlsRequired, HiddenByTls).ConfigureAwait(false);
            return null;
        }

        switch (option)
        {
            case NbdOption.Info or NbdOption.Go:
                ExportQuery? exportQuery = ExportQuery.TryRead(channel.Buffered[..dataBytes]);
                channel.Take(dataBytes);
                return await DescribeAsync(option, exportQuery).ConfigureAwait(false);
            case NbdOption.ListMetaContext or NbdOption.SetMetaContext:
                ContextQuery? contextQuery = ContextQuery.TryRead(channel.Buffered[..dataBytes]);
                channel.Take(dataBytes);
                await SelectContextsAsync(option, contextQuery).ConfigureAwait(false);
                return null;
        }

        channel.Take(dataBytes);
        switch (option)
        {
            case NbdOption.List or NbdOption.StructuredReply or NbdOption.ExtendedHeaders when dataBytes > 0:
                await RefuseAsync(option, OptionReply.Invalid, "the option takes no data").ConfigureAwait(false);
                break;
            case NbdOption.List:
                await ListAsync().ConfigureAwait(false);
                break;
            case NbdOption.StructuredReply when _isExtended:
                await RefuseAsync(option, OptionReply.ExtendedHeadersRequired, "headers are extended already")
                    .ConfigureAwait(false);
                break;
            case NbdOption.StructuredReply:
                _isStructured = true;
                await ReplyAsync(option, OptionReply.Acknowledged, []).ConfigureAwait(false);
                break;
            case NbdOption.ExtendedHeaders:
                _isExtended = true;
                await ReplyAsync(option, OptionReply.Acknowledged, []).ConfigureAwait(false);
                break;
            default:
                await RefuseAsync(option, OptionReply.Unsupported, $"unknown option {(uint)option}")
                    .ConfigureAwait(false);
                break;
        }

        return null;
    }

    private async ValueTask StartTlsAsync(int dataBytes, CancellationToken cancellation)
    {
        const NbdOption Option = NbdOption.StartTls;
        if (server.Options.Credentials is not { } credentials)
        {
            await RefuseAsync(Option, OptionReply.Policy, "TLS is not configured").ConfigureAwait(false);
        }
        else if (channel.IsSecure)
        {
            await RefuseAsync(Option, OptionReply.Invalid, "TLS is enabled already").ConfigureAwait(false);
        }
        else if (dataBytes > 0)
        {
            await RefuseAsync(Option, OptionReply.Invalid, "the option takes no data").ConfigureAwait(false);
        }
        else
        {
            await ReplyAsync(Option, OptionReply.Acknowledged, []).ConfigureAwait(false);
            await channel.SecureAsync(credentials.ServerOptions(), cancellation).ConfigureAwait(false);
            _isStructured = _isExtended = false;
            _contextExport = null;
            _contexts = [];
        }
    }

    private async ValueTask ListAsync()
    {
        foreach (NbdExport export in server.Exports)
        {
            byte[] name = WireText.Write(export.Name);
            byte[] length = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)name.Length);
            byte[] data = [.. length, .. name, .. WireText.Write(export.Description ?? "")];
            await ReplyAsync(NbdOption.List, OptionReply.Server, data).ConfigureAwait(false);
        }

        await ReplyAsync(NbdOption.List, OptionReply.Acknowledged, []).ConfigureAwait(false);
    }

    private async ValueTask<Transmission?> DescribeAsync(NbdOption option, ExportQuery? query)
    {
        if (query is null)
        {
            await RefuseAsync(option, OptionReply.Invalid, "the option's data is malformed").ConfigureAwait(false);
            return null;
        }

        bool isChosen = option is NbdOption.Go;
        if (server.Find(query.Export) is not { } export || (isChosen && !enter(export)))
        {
            await RefuseUnknownExportAsync(option, query.Export).ConfigureAwait(false);
            return null;
        }

        byte[] facts = new byte[ExportFacts.Size];
        FactsOf(export).Write(facts);
        await InformAsync(option, InfoType.Export, facts).ConfigureAwait(false);
        if (query.Wanted.Contains(InfoType.Name))
        {
            await InformAsync(option, InfoType.Name, WireText.Write(export.Name)).ConfigureAwait(false);
        }

        if (query.Wanted.Contains(InfoType.Description) && export.Description is { } description)
        {
            await InformAsync(option, InfoType.Description, WireText.Write(description)).ConfigureAwait(false);
        }

        if (query.Wanted.Contains(InfoType.BlockSize))
        {
            byte[] sizes = new byte[BlockSizes.Size];
            new BlockSizes
            {
                LeastBytes = 1,
                PreferredBytes = NbdLimits.PreferredBlockBytes,
                MostPayloadBytes = NbdLimits.PayloadBytes,
            }.Write(sizes);
            await InformAsync(option, InfoType.BlockSize, sizes).ConfigureAwait(false);
        }

        await ReplyAsync(option, OptionReply.Acknowledged, []).ConfigureAwait(false);
        return isChosen ? new Transmission(export, Style, ContextsOf(export)) : null;
    }

    private async ValueTask SelectContextsAsync(NbdOption option, ContextQuery? query)
    {
        bool isSet = option is NbdOption.SetMetaContext;
        if (isSet)
        {
            _contextExport = null;
            _contexts = [];
        }

        if (query is null || (isSet && Style is ReplyStyle.Simple))
        {
            string problem = query is null ? "the option's data is malformed" : "structured replies come first";
            await RefuseAsync(option, OptionReply.Invalid, problem).ConfigureAwait(false);
            return;
        }

        if (server.Find(query.Export) is not { } export)
        {
            await RefuseUnknownExportAsync(option, query.Export).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<MetaContext> selected = MetaContext.Select(export, query.Queries, takesWildcards: !isSet);
        if (isSet)
        {
            _contextExport = export.Name;
            _contexts = selected;
        }

        foreach (MetaContext context in selected)
        {
            byte[] id = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(id, isSet ? context.Id : 0);
            byte[] data = [.. id, .. Encoding.UTF8.GetBytes(context.Name)];
            await ReplyAsync(option, OptionReply.MetaContext, data).ConfigureAwait(false);
        }

        await ReplyAsync(option, OptionReply.Acknowledged, []).ConfigureAwait(false);
    }

    private async ValueTask InformAsync(NbdOption option, InfoType type, byte[] payload)
    {
        byte[] number = new byte[sizeof(InfoType)];
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)type);
        await ReplyAsync(option, OptionReply.Info, [.. number, .. payload]).ConfigureAwait(false);
    }

    private ValueTask RefuseUnknownExportAsync(NbdOption option, string name) =>
        RefuseAsync(option, OptionReply.UnknownExport, $"export '{name}' not present");

    private ValueTask RefuseAsync(NbdOption option, OptionReply type, string message) =>
        ReplyAsync(option, type, WireText.Write(message));
}
