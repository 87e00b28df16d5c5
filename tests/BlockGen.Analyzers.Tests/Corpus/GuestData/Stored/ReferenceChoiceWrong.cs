internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied")]
    private static byte[] Choose(GuestReadBuffer target, bool first)
    {
        byte[] one = [];
        byte[] other = [];
        ref byte[] slot = ref first ? ref one : ref other;
        slot = target.DangerousGetMemory().ToArray();
        return other;
    }

    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation) =>
        await storage.WriteAsync(at, Choose(target, at.Value != 0), cancellation); // expect: BG3001
}
