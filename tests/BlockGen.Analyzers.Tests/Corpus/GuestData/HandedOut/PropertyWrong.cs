internal sealed class Backend(BounceBuffer bounce)
{
    public GuestReadBuffer Target => bounce.Memory; // expect: BG3008
}
