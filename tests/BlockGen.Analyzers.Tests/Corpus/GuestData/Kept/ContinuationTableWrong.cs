internal sealed class Backend
{
    private readonly Dictionary<HostOffset, Action> _later = [];

    public void Enter(HostOffset at, GuestReadBuffer target) => _later[at] = () => target.Clear(); // expect: BG3004

    public void Run(HostOffset at) => _later[at]();
}
