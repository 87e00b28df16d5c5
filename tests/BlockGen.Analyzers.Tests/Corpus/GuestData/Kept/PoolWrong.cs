internal static class Recycling
{
    [ReviewedGuestAccess("recycled")]
    public static void Recycle(GuestReadBuffer target)
    {
        if (MemoryMarshal.TryGetArray(target.DangerousGetMemory(), out ArraySegment<byte> segment))
        {
            ArrayPool<byte>.Shared.Return(segment.Array!); // expect: BG3004
        }
    }
}
