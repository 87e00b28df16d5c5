namespace BlockGen.Cli;

/// <summary>Standard input and output as one connection.</summary>
internal sealed class StandardConnection : Stream
{
    private readonly Stream _input = Console.OpenStandardInput();
    private readonly Stream _output = StandardStream.Output();

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _input.Read(buffer, offset, count);

    // The standard input is read on a thread of its own: a read of it cannot be cancelled, only left alone.
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => _input.Read(buffer.Span), CancellationToken.None).WaitAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => _output.Write(buffer, offset, count);

    public override void Flush() => _output.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
