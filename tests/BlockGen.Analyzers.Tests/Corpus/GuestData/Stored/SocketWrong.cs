internal sealed class Mirror(System.Net.Sockets.Socket peer)
{
    [ReviewedGuestAccess("mirrored")]
    public void Send(GuestReadBuffer target)
    {
        peer.Send(target.DangerousGetMemory().Span); // expect: BG3001
    }
}
