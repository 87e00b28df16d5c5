internal sealed class Backend
{
    public GuestReadBuffer Last
    {
        get;
        set => field = value; // expect: BG3004
    }

    public void Enter(GuestReadBuffer target) => Last = target;
}
