internal static class Use
{
    public static async ValueTask GrowAsync(IStorage storage, uint blockCount, uint blockBytes, CancellationToken cancellation)
    {
        await storage.SetLengthAsync(blockCount * blockBytes, cancellation); // expect: BG2051
        await storage.SetLengthAsync(4096UL + blockCount * blockBytes, cancellation); // expect: BG2051
    }

    public static UInt128 Size(uint count, uint entries) => count * entries; // expect: BG2051
}
