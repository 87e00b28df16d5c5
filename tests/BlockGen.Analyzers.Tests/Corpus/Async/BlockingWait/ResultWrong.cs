internal sealed class Probe(Image image)
{
    public bool IsMapped(GuestRange range, CancellationToken cancellation) =>
        image.IsAllocatedAsync(range, cancellation).AsTask().Result.IsAllocated; // expect: BG4001
}
