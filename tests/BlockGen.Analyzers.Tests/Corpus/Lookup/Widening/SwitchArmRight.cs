internal static class Places
{
    public static ulong Of(uint index, bool inside) => inside switch
    {
        true => (ulong)index * 512,
        false when index < 1024 => index * 512,
        _ => checked(index * 512),
    };
}
