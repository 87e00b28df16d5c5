internal sealed class Backend(IStorage storage)
{
    public void Start(CancellationToken cancellation)
    {
        Run();

        async void Run() // expect: BG4005
        {
            await storage.FlushAsync(cancellation);
        }
    }
}
