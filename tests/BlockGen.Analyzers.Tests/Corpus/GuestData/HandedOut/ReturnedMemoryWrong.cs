// CVE-2024-8612, QEMU's virtio devices: what a bounce buffer held before was written into the guest's memory.
internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask<Memory<byte>> ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        return bounce.Memory; // expect: BG3008
    }
}
