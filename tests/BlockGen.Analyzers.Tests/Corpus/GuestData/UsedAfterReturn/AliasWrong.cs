internal sealed class Backend(BouncePool pool)
{
    public byte First()
    {
        BounceBuffer? bounce = pool.TryRent(512);
        if (bounce is null)
        {
            return 0;
        }

        BounceBuffer same = bounce;
        bounce.Dispose();
        return same.Memory.Span[0]; // expect: BG3005
    }
}
