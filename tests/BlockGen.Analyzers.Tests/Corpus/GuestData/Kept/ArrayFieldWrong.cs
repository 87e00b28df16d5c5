internal sealed class Backend
{
    private readonly GuestReadBuffer[] _slots = new GuestReadBuffer[16];

    public void Enter(int slot, GuestReadBuffer target)
    {
        _slots[slot] = target; // expect: BG3004
    }

    public int Bytes => _slots[0].Length;
}
