internal sealed class Statistics
{
    private readonly List<int> _lengths = [];
    private int _last;

    public void Note(GuestWriteBuffer source)
    {
        _last = source.Length;
        _lengths.Add(_last);
        ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(_last));
    }
}
