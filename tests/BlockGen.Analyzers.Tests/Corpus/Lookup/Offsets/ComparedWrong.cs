internal static class Use
{
    public static bool IsInside(GuestRange range, HostOffset end) => range.End <= end.Value; // expect: BG2050

    public static ulong Gap(Extent extent) =>
        extent.Host.Value - extent.Range.Start.Value; // expect: BG2050

    public static bool Same(GuestOffset guest, HostOffset host)
    {
        ulong left = guest.Value;
        ulong right = host.Value;
        return left == right; // expect: BG2050
    }
}
