internal sealed class Queue
{
    private readonly List<GuestReadBuffer> _pending = [];

    public int Count => _pending.Count;

    public void Add(GuestReadBuffer target) => _pending.Add(target); // expect: BG3004
}
