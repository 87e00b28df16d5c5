internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public int Read(bool isShort)
    {
        BounceBuffer? bounce = pool.TryRent(512); // expect: BG3007
        if (bounce is null || isShort)
        {
            return 0;
        }

        int first = bounce.Memory.Span[0];
        bounce.Dispose();
        return first;
    }
}
