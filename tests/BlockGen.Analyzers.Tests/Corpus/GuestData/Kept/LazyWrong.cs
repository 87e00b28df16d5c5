internal sealed class Backend
{
    private Lazy<int>? _length;

    [ReviewedGuestAccess("looked at later")]
    public void Enter(GuestReadBuffer target) =>
        _length = new Lazy<int>(() => target.DangerousGetMemory().Span[0]); // expect: BG3004

    public int Length => _length?.Value ?? 0;
}
