internal sealed class Backend(BouncePool pool)
{
    public int Length(bool isLarge)
    {
        BounceBuffer? bounce = isLarge ? pool.TryRent(65536) : null; // expect: BG3007
        return bounce?.Length ?? 0;
    }
}
