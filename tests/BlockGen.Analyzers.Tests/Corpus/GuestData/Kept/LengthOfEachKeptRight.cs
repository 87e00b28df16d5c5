internal sealed class Counter
{
    private readonly Dictionary<HostOffset, int> _lengths = [];

    public int Last { get => field; private set => field = Math.Max(0, value); }

    public void Enter(HostOffset at, GuestReadBuffer target)
    {
        _lengths[at] = target.Length;
        Last = target.Length;
    }
}
