using System.Runtime.InteropServices;

namespace BlockGen.Cli;

/// <summary>
/// What the process writes to, as it is: <see cref="Console"/>'s streams take over the terminal and start a thread for its
/// signals first, which is a tenth of the time that a short command takes.
/// </summary>
internal sealed unsafe partial class StandardStream : Stream
{
    private const int Interrupted = 4; // EINTR
    private const int TryAgain = 11; // EAGAIN
    private const int BrokenPipe = 32; // EPIPE
    private const short PollOut = 4; // POLLOUT

    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream Output() =>
        OperatingSystem.IsLinux() ? new StandardStream(OutputDescriptor) : Console.OpenStandardOutput();

    public static Stream Error() =>
        OperatingSystem.IsLinux() ? new StandardStream(ErrorDescriptor) : Console.OpenStandardError();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written;
            fixed (byte* start = buffer)
            {
                written = write(_descriptor, start, (nuint)buffer.Length);
            }

            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Interrupted:
                    break;
                case BrokenPipe:
                    // Nobody is reading any more, as after `| head`.
                    return;
                case TryAgain:
                    PollDescriptor wait = new() { Descriptor = _descriptor, Events = PollOut };
                    _ = poll(&wait, 1, -1);
                    break;
                default:
                    if (_descriptor == ErrorDescriptor)
                    {
                        // There is nowhere left to say so.
                        return;
                    }

                    throw new IOException($"standard output: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc")]
    private static partial int poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
