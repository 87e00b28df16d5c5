using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BlockGen;

/// <summary>Time as a simulation sees it.</summary>
internal interface IDelayClock
{
    /// <summary>Now, in ticks of <see cref="Stopwatch"/>.</summary>
    long Now { get; }

    /// <summary>Completes at a time, or when cancelled.</summary>
    ValueTask UntilAsync(long deadline, CancellationToken cancellation);
}

/// <summary>Waits that end less than a millisecond late; the runtime's timers tick too coarsely for that.</summary>
internal sealed partial class PreciseDelay : IDelayClock
{
    private static readonly object Lock = new();
    private static readonly PriorityQueue<Waiter, long> Waiters = new(); // by deadline; guarded by Lock
    private static Thread? _thread; // guarded by Lock

    /// <summary>The clock.</summary>
    public static PreciseDelay Clock { get; } = new();

    /// <inheritdoc/>
    public long Now => Stopwatch.GetTimestamp();

    private static long TicksPerMillisecond => Stopwatch.Frequency / 1000;

    /// <inheritdoc/>
    public async ValueTask UntilAsync(long deadline, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (deadline <= Now)
        {
            return;
        }

        Waiter waiter = new();
        lock (Lock)
        {
            Waiters.Enqueue(waiter, deadline);
            if (_thread is null)
            {
                _thread = new Thread(Serve) { IsBackground = true, Name = "BlockGen delays" };
                _thread.Start();
            }

            Monitor.Pulse(Lock);
        }

        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            static (state, token) => ((Waiter)state!).Ready.TrySetCanceled(token), waiter);
        await waiter.Ready.Task.ConfigureAwait(false);
    }

    private static void Serve()
    {
        while (true)
        {
            long remaining;
            lock (Lock)
            {
                while (!Waiters.TryPeek(out _, out _))
                {
                    Monitor.Wait(Lock);
                }

                remaining = ReleaseDue();
                if (remaining > TicksPerMillisecond)
                {
                    Monitor.Wait(Lock, (int)(remaining / TicksPerMillisecond));
                    continue;
                }
            }

            if (remaining > 0)
            {
                SleepBelowMillisecond(remaining);
            }
        }
    }

    /// <summary>
    /// Releases those whose time has come; returns the time until the next one, 0 when there is none.
    /// </summary>
    private static long ReleaseDue()
    {
        long now = Stopwatch.GetTimestamp();
        while (Waiters.TryPeek(out Waiter? waiter, out long deadline))
        {
            if (deadline > now)
            {
                return deadline - now;
            }

            Waiters.Dequeue();
            waiter.Ready.TrySetResult();
        }

        return 0;
    }

    private static void SleepBelowMillisecond(long ticks)
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.Sleep(1);
            return;
        }

        TimeSpecification time = new() { Nanoseconds = (nint)(ticks * (1_000_000_000.0 / Stopwatch.Frequency)) };
        // Interrupted early, the caller looks at the clock again.
        _ = nanosleep(in time, 0);
    }

    [LibraryImport("libc")]
    private static partial int nanosleep(in TimeSpecification time, nint remaining);

    private struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    private sealed class Waiter
    {
        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
