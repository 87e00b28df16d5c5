internal sealed class Backend(IStorage storage)
{
    [ReviewedGuestAccess("summed")]
    private static uint SumOf(GuestWriteBuffer source)
    {
        uint sum = 0;
        foreach (byte one in source.DangerousGetMemory().Span)
        {
            sum = (sum << 1) ^ one;
        }

        return sum;
    }

    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        uint sum = SumOf(source);
        byte[] beside = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(beside, sum);
        await storage.WriteAsync(at, source, cancellation); // expect: BG3002
        await storage.WriteAsync(at + 65536, beside, cancellation);
    }
}
