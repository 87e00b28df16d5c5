internal sealed class Mirror(IReadOnlyList<IStorage> copies)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        foreach (IStorage copy in copies)
        {
            await copy.WriteAsync(at, source, cancellation); // expect: BG3002
        }
    }
}
