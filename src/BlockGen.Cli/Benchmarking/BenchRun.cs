namespace BlockGen.Cli;

/// <summary>Sends the requests of a plan, as many at once as it says.</summary>
internal sealed class BenchRun(Image image, BenchPlan plan, CancellationToken cancellation)
{
    private readonly object _lock = new();
    private ulong _next = plan.Start; // guarded by _lock
    private uint _sent; // guarded by _lock

    /// <summary>Sends them all; the first that fails ends it, when those in flight have ended.</summary>
    public async Task RunAsync()
    {
        bool drains = plan.FlushInterval > 0 && !plan.FlushesBesideRequests;
        while (_sent < plan.RequestCount)
        {
            uint left = plan.RequestCount - _sent;
            uint count = drains ? Math.Min(plan.FlushInterval, left) : left;
            await SendAsync(_sent + count);
            if (drains && count == plan.FlushInterval)
            {
                await image.FlushAsync(cancellation);
            }
        }
    }

    private async Task SendAsync(uint end)
    {
        List<Task> senders = [];

        // What completes at once leaves nothing for the next sender.
        for (uint sender = 0; sender < plan.Depth && Volatile.Read(ref _sent) < end; sender++)
        {
            senders.Add(SendInTurnAsync(end));
        }

        await Task.WhenAll(senders);
    }

    private async Task SendInTurnAsync(uint end)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(plan.RequestBytes);
        buffer.AsSpan().Fill(plan.Pattern);
        while (TryTake(end, out ulong offset, out uint index))
        {
            if (offset > image.Length || (ulong)buffer.Length > image.Length - offset)
            {
                Abandon();
                throw new IOException("Input/output error");
            }

            try
            {
                await RequestAsync(new GuestOffset(offset), buffer, index);
            }
            catch
            {
                Abandon();
                throw;
            }
        }
    }

    private async ValueTask RequestAsync(GuestOffset offset, byte[] buffer, uint index)
    {
        if (!plan.AreWrites)
        {
            await image.ReadAsync(offset, buffer, cancellation);
            return;
        }

        await image.WriteAsync(offset, buffer, cancellation);
        bool isFlushed = plan.FlushesBesideRequests && plan.FlushInterval > 0 && (index + 1) % plan.FlushInterval == 0;
        if (plan.FlushesWrites || isFlushed)
        {
            await image.FlushAsync(cancellation);
        }
    }

    private bool TryTake(uint end, out ulong offset, out uint index)
    {
        lock (_lock)
        {
            offset = _next;
            index = _sent;
            if (_sent >= end)
            {
                return false;
            }

            _sent++;
            _next += plan.StepBytes;
            if (_next >= image.Length && image.Length > 0)
            {
                _next %= image.Length;
            }

            return true;
        }
    }

    private void Abandon()
    {
        lock (_lock)
        {
            _sent = plan.RequestCount;
        }
    }
}
