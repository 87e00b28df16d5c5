internal sealed class Backend(BouncePool pool)
{
    public void Clear()
    {
        pool.TryRent(512)?.Memory.Span.Clear(); // expect: BG3007
    }
}
