internal static class Use
{
    public static async ValueTask CopyAsync(
        Image image, Extent extent, byte[] target, CancellationToken cancellation) =>
        await image.ReadAsync(new GuestOffset(extent.Host.Value), target, cancellation); // expect: BG2050

    public static GuestRange Range(HostRange range) => new(range.Start.Value, range.Length); // expect: BG2050
}
