// CVE-2021-3392, QEMU's mptsas (commit 3791642c8d): a request that had ended stayed in the queue of pending ones.
internal sealed record Pending(HostOffset At, GuestWriteBuffer Source);

internal sealed class Queue
{
    private readonly List<Pending> _pending = [];

    public void Add(HostOffset at, GuestWriteBuffer source)
    {
        Pending request = new(at, source);
        _pending.Add(request); // expect: BG3004
    }
}
