internal sealed class Backend(System.Threading.Channels.Channel<GuestWriteBuffer> queue)
{
    public void Write(GuestWriteBuffer source)
    {
        queue.Writer.TryWrite(source); // expect: BG3004
    }
}
