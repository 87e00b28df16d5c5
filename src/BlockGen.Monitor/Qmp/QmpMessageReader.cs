using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace BlockGen.Monitor;

/// <summary>Cuts a stream of bytes into JSON values, in QEMU's dialect: texts may stand in single quotes.</summary>
/// <remarks>
/// Values need nothing between them. What comes out is plain JSON, but is not looked into: a message may still be
/// malformed.
/// </remarks>
internal sealed class QmpMessageReader(PipeReader input)
{
    private const int LargestMessageBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _message = new();
    private int _depth;
    private byte _quote; // of the text that is being read; 0 outside of texts
    private bool _isEscaped; // the byte before was a backslash in a text
    private bool _isScalar; // a value without braces is being read

    /// <summary>The next value; null at the end.</summary>
    /// <exception cref="QmpException">It is larger than any command.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancellation).ConfigureAwait(false);
            ReadOnlySequence<byte> bytes = read.Buffer;
            SequencePosition? end = Consume(bytes);
            input.AdvanceTo(end ?? bytes.End);
            if (end is not null)
            {
                return Take();
            }

            if (_message.WrittenCount > LargestMessageBytes)
            {
                Take();
                throw new QmpException("JSON token size limit exceeded");
            }

            if (read.IsCompleted)
            {
                return _message.WrittenCount > 0 ? Take() : null;
            }
        }
    }

    /// <summary>Where the value ends; null when it goes on after these bytes.</summary>
    private SequencePosition? Consume(ReadOnlySequence<byte> bytes)
    {
        SequenceReader<byte> reader = new(bytes);
        while (reader.TryRead(out byte next))
        {
            if (_quote != 0)
            {
                ConsumeInText(next);
            }
            else if (IsSpace(next) && (_depth == 0 || next is (byte)'\n'))
            {
                if (_isScalar)
                {
                    return reader.Position;
                }
            }
            else if (ConsumeToken(next))
            {
                return reader.Position;
            }
        }

        return null;
    }

    /// <summary>Whether the value ends here.</summary>
    private bool ConsumeToken(byte next)
    {
        switch (next)
        {
            case (byte)'{' or (byte)'[':
                _depth++;
                break;
            case (byte)'}' or (byte)']':
                _depth--;
                break;
            case (byte)'"' or (byte)'\'':
                _quote = next;
                Append((byte)'"');
                return false;
            default:
                _isScalar |= _depth == 0;
                break;
        }

        Append(next);
        return _depth <= 0 && !_isScalar;
    }

    private void ConsumeInText(byte next)
    {
        if (_isEscaped)
        {
            // Only single-quoted texts need this escape, and plain JSON does not know it.
            _isEscaped = false;
            if (next != (byte)'\'')
            {
                Append((byte)'\\');
            }

            Append(next);
        }
        else if (next == (byte)'\\')
        {
            _isEscaped = true;
        }
        else if (next == _quote)
        {
            _quote = 0;
            _isScalar |= _depth == 0;
            Append((byte)'"');
        }
        else
        {
            if (next == (byte)'"')
            {
                Append((byte)'\\');
            }

            Append(next);
        }
    }

    private string Take()
    {
        string text = Encoding.UTF8.GetString(_message.WrittenSpan);
        _message.ResetWrittenCount();
        (_depth, _quote, _isEscaped, _isScalar) = (0, 0, false, false);
        return text;
    }

    private void Append(byte value)
    {
        _message.GetSpan(1)[0] = value;
        _message.Advance(1);
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
