internal sealed class Keeper(FileStream log)
{
    [ReviewedGuestAccess("as a stream")]
    public async Task LogAsync(GuestReadBuffer target, CancellationToken cancellation)
    {
        using MemoryStream bytes = new(target.DangerousGetMemory().ToArray());
        await bytes.CopyToAsync(log, cancellation); // expect: BG3001
    }
}
