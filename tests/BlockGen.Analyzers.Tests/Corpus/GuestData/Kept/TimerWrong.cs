internal sealed class Backend
{
    private Timer? _timer;

    public void Later(GuestReadBuffer target)
    {
        _timer = new Timer(_ => target.Clear(), null, 1000, Timeout.Infinite); // expect: BG3004
    }

    public void Stop() => _timer?.Dispose();
}
