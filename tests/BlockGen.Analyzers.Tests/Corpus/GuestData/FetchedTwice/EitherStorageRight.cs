internal sealed class Chooser(IStorage first, IStorage second)
{
    public ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation) =>
        source switch
        {
            { Length: 0 } => ValueTask.CompletedTask,
            { Length: > 65536 } => first.WriteAsync(at, source, cancellation),
            _ => second.WriteAsync(at, source, cancellation),
        };
}
