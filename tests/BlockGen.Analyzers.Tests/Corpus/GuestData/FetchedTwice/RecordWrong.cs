internal readonly record struct Order(HostOffset At, GuestWriteBuffer Source);

internal sealed class Mirror(IStorage first, IStorage second)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        Order order = new(at, source);
        Order moved = order with { At = at + 512 };
        await first.WriteAsync(order.At, order.Source, cancellation);
        await second.WriteAsync(moved.At, moved.Source, cancellation); // expect: BG3002
    }
}
