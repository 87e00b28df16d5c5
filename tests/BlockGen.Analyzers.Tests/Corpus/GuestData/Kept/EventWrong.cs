internal sealed class Backend(Timer timer)
{
    private event Action? Closing;

    public void Write(GuestWriteBuffer source)
    {
        Closing += () => Console.WriteLine(Length(source)); // expect: BG3004
        timer.Change(0, 1000);
    }

    public void Close() => Closing?.Invoke();

    private static int Length(GuestWriteBuffer source) => source.Length;
}
