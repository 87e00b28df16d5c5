// CVE-2021-3392 in QEMU's mptsas: a request that had ended stayed in the queue of pending requests.
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
