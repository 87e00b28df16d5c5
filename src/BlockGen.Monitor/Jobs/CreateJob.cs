namespace BlockGen.Monitor;

/// <summary>A job that makes an image.</summary>
internal sealed class CreateJob(
    JobSettings settings, StorageDaemon daemon, Func<CancellationToken, ValueTask> create) : Job(settings, daemon)
{
    private int _isDone; // 0 or 1; Volatile

    public override (ulong Done, ulong Total) Progress => ((ulong)Volatile.Read(ref _isDone), 1);

    public override void Pause() => JobVerbs.Require(this, "pause");

    public override void Resume()
    {
        JobVerbs.Require(this, "resume");
        throw new QmpException("Can't resume a job that was not paused");
    }

    protected override ValueTask<Task> BeginAsync(CancellationToken cancellation) =>
        new(Task.Run(() => RunAsync(cancellation), cancellation));

    private async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await create(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isDone, 1);
        }

        await BeforeFinishAsync(cancellation).ConfigureAwait(false);
    }
}
