using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>One client of the protocol, from its greeting to the end of its input.</summary>
internal sealed class QmpSession(StorageDaemon daemon, Stream stream, bool isIndented)
{
    private const string Negotiation = "qmp_capabilities";

    private readonly QmpMessageReader _input = new(PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true)));
    private readonly QmpOutput _output = new(stream, isIndented);
    private bool _isNegotiated; // read by events on other threads, late by a moment at worst

    /// <summary>Answers until the client leaves, or the daemon ends. Does not dispose the stream.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task writing = _output.RunAsync(leaving);
        daemon.Events.Add(TellEvent);
        try
        {
            Reply(new JsonObject { ["QMP"] = Greeting() });
            while (!daemon.IsQuitting && await AnswerNextAsync(leaving.Token).ConfigureAwait(false))
            {
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The client is gone; nobody is left to be told.
        }
        finally
        {
            if (daemon.IsQuitting)
            {
                await daemon.Stopped.ConfigureAwait(false);
            }

            daemon.Events.Remove(TellEvent);
            _output.Complete();
            await writing.ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> AnswerNextAsync(CancellationToken cancellation)
    {
        JsonNode? id = null;
        try
        {
            if (await _input.ReadAsync(cancellation).ConfigureAwait(false) is not { } text)
            {
                return false;
            }

            QmpMessage message = QmpMessage.Parse(text, out id);
            using (await daemon.Turn.EnterAsync(cancellation).ConfigureAwait(false))
            {
                // Answered before anybody else's turn: what follows from the command is told after its answer.
                JsonNode? result = await ExecuteAsync(message, cancellation).ConfigureAwait(false);
                Reply(Mark(new JsonObject { ["return"] = result ?? new JsonObject() }, id));
            }
        }
        catch (QmpException refusal)
        {
            Reply(Mark(ErrorOf(refusal), id));
        }

        return true;
    }

    private async ValueTask<JsonNode?> ExecuteAsync(QmpMessage message, CancellationToken cancellation)
    {
        if (!_isNegotiated)
        {
            if (message.Name != Negotiation)
            {
                throw new QmpException(
                    $"Expecting capabilities negotiation with '{Negotiation}'", QmpException.CommandNotFound);
            }

            JsonNode? result = await daemon.ExecuteAsync(message, cancellation).ConfigureAwait(false);
            _isNegotiated = true;
            return result;
        }

        return message.Name == Negotiation
            ? throw new QmpException(
                "Capabilities negotiation is already complete, command ignored", QmpException.CommandNotFound)
            : await daemon.ExecuteAsync(message, cancellation).ConfigureAwait(false);
    }

    private JsonObject Greeting() => new()
    {
        ["version"] = daemon.Version.ToJson(),
        ["capabilities"] = new JsonArray(),
    };

    private void TellEvent(JsonObject happening)
    {
        if (_isNegotiated)
        {
            _output.Write(happening);
        }
    }

    private void Reply(JsonObject answer) => _output.Write(answer);

    private static JsonObject ErrorOf(QmpException refusal) => new()
    {
        ["error"] = new JsonObject { ["class"] = refusal.ErrorClass, ["desc"] = refusal.Message },
    };

    private static JsonObject Mark(JsonObject answer, JsonNode? id)
    {
        if (id is not null)
        {
            answer["id"] = id;
        }

        return answer;
    }
}
