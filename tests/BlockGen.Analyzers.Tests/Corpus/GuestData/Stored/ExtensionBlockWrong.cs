internal static class Buffers
{
    extension(GuestReadBuffer buffer)
    {
        public byte[] Bytes
        {
            [ReviewedGuestAccess("copied")]
            get => buffer.DangerousGetMemory().ToArray();
        }
    }
}

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation) =>
        await storage.WriteAsync(at, target.Bytes, cancellation); // expect: BG3001
}
