// detour: an extension method
internal static class Blocking
{
    public static T Get<T>(this ValueTask<T> task) =>
        task.ConfigureAwait(false).GetAwaiter().GetResult(); // expect: BG4001

    public static ulong Mapped(Image image, GuestRange range, CancellationToken cancellation) =>
        image.MapAsync(range, cancellation).Get().Length;
}
