internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("in rows")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        byte[][] rows = new byte[2][];
        rows[0] = new byte[512];
        rows[1] = target.DangerousGetMemory().ToArray();
        byte[] all = new byte[1024];
        for (int row = 0; row < rows.Length; row++)
        {
            Buffer.BlockCopy(rows[row], 0, all, row * 512, 512);
        }

        await storage.WriteAsync(at, all, cancellation); // expect: BG3001
    }
}
