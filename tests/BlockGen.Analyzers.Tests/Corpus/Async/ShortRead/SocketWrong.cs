using System.Net.Sockets;

internal sealed class NbdClient(Socket socket)
{
    public async ValueTask ReplyAsync(Memory<byte> reply, CancellationToken cancellation)
    {
        await socket.ReceiveAsync(reply, cancellation); // expect: BG4007
    }

    public void Magic(byte[] magic) => socket.Receive(magic); // expect: BG4007
}
