internal sealed class Kicker(IStorage storage)
{
    public async void Kick(CancellationToken cancellation) => await storage.FlushAsync(cancellation); // expect: BG4005

    public void Later(CancellationToken cancellation)
    {
        Sync();

        async void Sync() => await storage.FlushAsync(cancellation); // expect: BG4005
    }
}
