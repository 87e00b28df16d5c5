internal sealed class Backend(BouncePool pool, Stream log)
{
    public void Log()
    {
        BounceBuffer? bounce = pool.TryRent(512);
        if (bounce is null)
        {
            return;
        }

        Span<byte> bytes = bounce.Memory.Span;
        bytes.Clear();
        bounce.Dispose();
        log.Write(bytes); // expect: BG3005
    }
}
