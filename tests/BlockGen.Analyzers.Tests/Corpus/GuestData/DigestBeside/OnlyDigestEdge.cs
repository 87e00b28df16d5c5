// Only the checksum is wanted; nothing is fetched beside it.
internal static class Statistics
{
    [ReviewedGuestAccess("a statistic")]
    public static uint Sum(GuestWriteBuffer source) =>
        System.IO.Hashing.Crc32.HashToUInt32(source.DangerousGetMemory().Span);
}
