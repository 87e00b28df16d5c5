internal sealed class Backend(BouncePool pool)
{
    public void Touch()
    {
        BounceBuffer? bounce = pool.TryRent(512);
        if (bounce is null)
        {
            return;
        }

        Clear(bounce);
        bounce.Dispose(); // expect: BG3006
    }

    private static void Clear(BounceBuffer bounce)
    {
        bounce.Memory.Span.Clear();
        bounce.Dispose();
    }
}
