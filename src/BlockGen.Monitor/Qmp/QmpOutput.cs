using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace BlockGen.Monitor;

/// <summary>Sends a client what it is told, in order, without making anybody wait for it.</summary>
internal sealed class QmpOutput(Stream stream, bool isIndented)
{
    // A client that does not read must not fill the memory with events.
    private const int MostUnsentBytes = 8 << 20;

    private readonly Channel<byte[]> _lines = Channel.CreateUnbounded<byte[]>(
        new UnboundedChannelOptions { SingleReader = true });

    private int _unsentBytes; // Interlocked

    /// <summary>Puts a message into the queue; too many unread ones end the connection.</summary>
    public void Write(JsonObject message)
    {
        byte[] line = Format(message);
        if (Interlocked.Add(ref _unsentBytes, line.Length) > MostUnsentBytes)
        {
            _lines.Writer.TryComplete(new IOException("the client does not read what it is sent"));
            return;
        }

        _lines.Writer.TryWrite(line);
    }

    /// <summary>Nothing more is put in.</summary>
    public void Complete() => _lines.Writer.TryComplete();

    /// <summary>Sends until the queue is complete; an error ends the connection.</summary>
    public async Task RunAsync(CancellationTokenSource connection)
    {
        try
        {
            await foreach (byte[] line in _lines.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await stream.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
                await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                Interlocked.Add(ref _unsentBytes, -line.Length);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            await connection.CancelAsync().ConfigureAwait(false);
        }
    }

    private byte[] Format(JsonObject message)
    {
        using MemoryStream text = new();
        JsonWriterOptions layout = new()
        {
            Indented = isIndented,
            IndentSize = 4,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter json = new(text, layout))
        {
            message.WriteTo(json);
        }

        text.Write("\r\n"u8);
        return text.ToArray();
    }
}
