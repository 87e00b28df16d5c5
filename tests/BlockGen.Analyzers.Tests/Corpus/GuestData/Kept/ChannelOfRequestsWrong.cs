using System.Threading.Channels;

internal sealed record Order(HostOffset At, GuestReadBuffer Target);

internal sealed class Backend
{
    private readonly Channel<Order> _orders = Channel.CreateUnbounded<Order>();

    public async ValueTask EnterAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation) =>
        await _orders.Writer.WriteAsync(new Order(at, target), cancellation); // expect: BG3004
}
