internal sealed class Backend(BouncePool pool)
{
    public void Touch(bool isKept)
    {
        BounceBuffer? bounce = pool.TryRent(512);
        if (isKept)
        {
            bounce?.Memory.Span.Clear();
            bounce?.Dispose();
        }
        else
        {
            bounce?.Dispose();
        }
    }
}
