internal sealed class Backend(BouncePool pool)
{
    public void Touch()
    {
        BounceBuffer? bounce = pool.TryRent(512);
        BounceBuffer? same = bounce;
        bounce?.Dispose();
        same?.Dispose(); // expect: BG3006
    }
}
