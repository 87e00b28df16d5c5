internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    private async ValueTask<ReadOnlyMemory<byte>> CopyAsync(
        HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation).ConfigureAwait(false);
        return target.DangerousGetMemory().ToArray();
    }

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        ConfiguredValueTaskAwaitable<ReadOnlyMemory<byte>> copy =
            CopyAsync(at, target, cancellation).ConfigureAwait(false);
        await storage.WriteAsync(at, await copy, cancellation).ConfigureAwait(false); // expect: BG3001
    }
}
