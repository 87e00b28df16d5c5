internal static class Use
{
    public static async ValueTask ReadAsync(
        IStorage storage, GuestOffset offset, byte[] target, CancellationToken cancellation)
    {
        await storage.ReadAsync(new HostOffset(offset.Value), target, cancellation); // expect: BG2050
        ulong at = offset.Value + 512;
        HostOffset second = new(at); // expect: BG2050
        await storage.ReadAsync(second, target, cancellation);
    }
}
