// What a field holds is known wherever it is read, in whatever order the methods stand.
internal sealed class Keeper(Stream log)
{
    private byte[] _first = [];
    private byte[] _second = [];
    private byte[] _third = [];
    private byte[] _fourth = [];
    private byte[] _fifth = [];
    private byte[] _sixth = [];

    public void Save() => log.Write(_sixth); // expect: BG3001

    public void ToSixth() => _sixth = _fifth;

    public void ToFifth() => _fifth = _fourth;

    public void ToFourth() => _fourth = _third;

    public void ToThird() => _third = _second;

    public void ToSecond() => _second = _first;

    [ReviewedGuestAccess("a copy is kept")]
    public void Take(GuestReadBuffer target) => _first = target.DangerousGetMemory().ToArray();
}
