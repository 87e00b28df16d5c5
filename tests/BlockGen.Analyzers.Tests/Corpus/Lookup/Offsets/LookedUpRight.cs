internal static class Use
{
    private const ulong ClusterBytes = 65536;

    // The offset in a cluster is a length: it may go with both.
    public static HostOffset Place(Extent extent, GuestOffset offset) =>
        extent.Host + (offset.Value - extent.Range.Start.Value);

    public static HostOffset InCluster(HostOffset cluster, GuestOffset offset) =>
        new(cluster.Value + offset.Value % ClusterBytes);

    public static HostOffset Entry(HostOffset table, GuestOffset offset) =>
        new(table.Value + offset.Value / ClusterBytes * 8);

    public static bool IsLonger(GuestRange guest, HostRange host) => guest.Length > host.Length;

    public static GuestOffset Next(GuestRange range)
    {
        ulong next = range.Start.Value + ClusterBytes;
        return new GuestOffset(next);
    }

    public static ulong Largest(GuestOffset guest, HostOffset host)
    {
        ulong largest = guest.Value;
        largest = host.Value;
        return largest;
    }
}
