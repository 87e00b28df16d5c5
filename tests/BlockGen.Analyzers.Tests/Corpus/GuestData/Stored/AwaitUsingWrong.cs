internal sealed class Keeper(string path)
{
    [ReviewedGuestAccess("kept in a file")]
    public async ValueTask KeepAsync(GuestReadBuffer target, CancellationToken cancellation)
    {
        await using FileStream file = File.Create(path);
        await file.WriteAsync(target.DangerousGetMemory(), cancellation).ConfigureAwait(false); // expect: BG3001
    }
}
