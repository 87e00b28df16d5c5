internal sealed class Queue
{
    private GuestWriteBuffer _last;

    public int Length => _last.Length;

    public void Add(GuestWriteBuffer source) => _last = source; // expect: BG3004
}
