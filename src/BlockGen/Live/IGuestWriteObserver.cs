namespace BlockGen;

/// <summary>A copy that follows what guests change.</summary>
/// <remarks>Called from many threads at once.</remarks>
internal interface IGuestWriteObserver
{
    /// <summary>Waited for before a change reaches the image. Its failures are the copy's, never the guest's.</summary>
    ValueTask BeforeChangeAsync(GuestRange range, CancellationToken cancellation);

    /// <summary>Called once the change has reached the image, or has failed and may have reached it in part.</summary>
    void AfterChange(GuestRange range);
}
