internal sealed class Backend(BouncePool pool)
{
    public int First(bool isEarly)
    {
        BounceBuffer? bounce = pool.TryRent(512);
        if (bounce is null)
        {
            return -1;
        }

        if (isEarly)
        {
            bounce.Dispose();
        }

        int first = bounce.Memory.Span[0]; // expect: BG3005
        if (!isEarly)
        {
            bounce.Dispose();
        }

        return first;
    }
}
