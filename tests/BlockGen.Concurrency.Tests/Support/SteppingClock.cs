namespace BlockGen.Concurrency.Tests.Support;

/// <summary>
/// A clock that moves by a step whenever somebody looks, so that the same schedule sees the same times.
/// </summary>
internal sealed class SteppingClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, TimeSpan.TicksPerMillisecond);
}
