internal static class Places
{
    public static ulong Of(uint index, uint clusterSize, bool inside) => inside switch
    {
        true => index * clusterSize, // expect: BG2051
        false => 0UL,
    };
}
