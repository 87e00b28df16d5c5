internal sealed class Backend
{
    private readonly Dictionary<ulong, GuestReadBuffer> _byTag = [];

    public void Enter(ulong tag, GuestReadBuffer target) => _byTag[tag] = target; // expect: BG3004

    public int Count => _byTag.Count;
}
