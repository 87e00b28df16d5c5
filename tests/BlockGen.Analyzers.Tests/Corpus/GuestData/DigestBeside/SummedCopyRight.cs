internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BounceBuffer copy = await pool.RentAsync(source.Length, cancellation);
        source.CopyTo(copy, 0);
        uint sum = 0;
        foreach (byte one in copy.Memory.Span)
        {
            sum = (sum << 1) ^ one;
        }

        byte[] beside = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(beside, sum);
        await storage.WriteAsync(at, copy.Memory, cancellation);
        await storage.WriteAsync(at + 65536, beside, cancellation);
    }
}
