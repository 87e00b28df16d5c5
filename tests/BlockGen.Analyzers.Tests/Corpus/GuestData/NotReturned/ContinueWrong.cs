internal sealed class Backend(BouncePool pool)
{
    public int Count(int[] lengths)
    {
        int count = 0;
        foreach (int length in lengths)
        {
            BounceBuffer? bounce = pool.TryRent(512); // expect: BG3007
            if (bounce is null || length == 0)
            {
                continue;
            }

            count += bounce.Length;
            bounce.Dispose();
        }

        return count;
    }
}
