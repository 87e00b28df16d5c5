internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(source.Length, cancellation);
        source.CopyTo(bounce, 0);
        Memory<byte> bytes = bounce.Memory;
        bool isZero = !bytes.Span.ContainsAnyExcept((byte)0);
        byte[] hash = System.Security.Cryptography.SHA256.HashData(bytes.Span);
        if (isZero)
        {
            await storage.WriteZeroesAsync(new HostRange(at, (ulong)bytes.Length), ZeroMode.MayUnmap, cancellation);
            return;
        }

        await storage.WriteAsync(at, bytes, cancellation);
        await storage.WriteAsync(at + 65536, hash, cancellation);
    }
}
