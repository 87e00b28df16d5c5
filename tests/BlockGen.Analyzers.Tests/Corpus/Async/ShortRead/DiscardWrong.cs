internal sealed class Loader(string path)
{
    public async ValueTask<byte[]> HeadAsync(CancellationToken cancellation)
    {
        byte[] head = new byte[512];
        await using FileStream file = File.OpenRead(path);
        _ = await file.ReadAsync(head, cancellation).ConfigureAwait(false); // expect: BG4007
        return head;
    }
}
