internal sealed class Order
{
    public GuestReadBuffer Target { get; init; }
}

internal static class Orders
{
    public static int? Bytes(Order? order) => order?.Target.DangerousGetMemory().Length; // expect: BG3010
}
