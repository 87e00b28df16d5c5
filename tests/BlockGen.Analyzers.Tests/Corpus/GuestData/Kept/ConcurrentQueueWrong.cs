using System.Collections.Concurrent;

internal sealed class Backend
{
    private readonly ConcurrentQueue<GuestWriteBuffer> _queue = new();

    public void Enter(GuestWriteBuffer source) => _queue.Enqueue(source); // expect: BG3004

    public int Waiting => _queue.Count;
}
