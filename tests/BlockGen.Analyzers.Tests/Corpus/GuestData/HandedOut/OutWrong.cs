internal sealed class Backend(BouncePool pool)
{
    public bool TryGet(out GuestReadBuffer target)
    {
        using BounceBuffer? bounce = pool.TryRent(512);
        if (bounce is null)
        {
            target = default;
            return false;
        }

        target = bounce.Memory; // expect: BG3008
        return true;
    }
}
