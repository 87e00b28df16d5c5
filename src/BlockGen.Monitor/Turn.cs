namespace BlockGen.Monitor;

/// <summary>Lets one at a time change nodes, jobs and exports: a command, or a job that comes to its end.</summary>
internal sealed class Turn
{
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits for the turn; dispose what is returned to end it.</summary>
    public async ValueTask<Hold> EnterAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        return new Hold(_free);
    }

    internal readonly struct Hold(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
