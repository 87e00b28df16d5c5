internal sealed class Backend(IStorage storage, BouncePool pool)
{
    [ReviewedGuestAccess("the guest's own header")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        ulong sequence = BinaryPrimitives.ReadUInt64LittleEndian(source.DangerousGetMemory().Span);
        using BounceBuffer bounce = await pool.RentAsync(source.Length + 8, cancellation);
        source.CopyTo(bounce, 8); // expect: BG3003
        BinaryPrimitives.WriteUInt64LittleEndian(bounce.Memory.Span, sequence);
        await storage.WriteAsync(at, bounce.Memory, cancellation);
    }
}
