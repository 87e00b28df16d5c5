internal static class Use
{
    public static async Task FillAsync(Stream input, Memory<byte> target, CancellationToken cancellation)
    {
        for (int done = 0; done < target.Length;)
        {
            int count = await input.ReadAsync(target[done..], cancellation);
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            done += count;
        }
    }

    public static async Task ExactAsync(Stream input, Memory<byte> target, CancellationToken cancellation)
    {
        await input.ReadExactlyAsync(target, cancellation);
        await input.ReadAtLeastAsync(target, target.Length, cancellationToken: cancellation);
    }

    public static async Task StorageAsync(IStorage storage, byte[] target, CancellationToken cancellation) =>
        await storage.ReadAsync(new HostOffset(0), target, cancellation);
}
