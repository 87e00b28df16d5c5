namespace BlockGen.Monitor;

/// <summary>The jobs that are at work, or over and not dismissed. Changed by whoever has the <see cref="Turn"/>.</summary>
internal sealed class JobList
{
    private readonly List<Job> _jobs = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Job> Jobs => _jobs;

    public Job Require(string id) =>
        _jobs.Find(job => job.Id == id) ?? throw new QmpException("Job not found");

    public BlockJob RequireBlockJob(string id) =>
        _jobs.Find(job => job.Id == id) as BlockJob
        ?? throw new QmpException($"Block job '{id}' not found", QmpException.DeviceNotActive);

    /// <summary>Begins a job.</summary>
    public async ValueTask StartAsync(Job job)
    {
        RequireUnused(job.Id);
        _jobs.Insert(0, job);
        try
        {
            await job.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            _jobs.Remove(job);
            throw;
        }
    }

    /// <summary>Throws when no job can have that name.</summary>
    public void RequireUnused(string id)
    {
        if (!Identifier.IsSound(id))
        {
            throw new QmpException($"Invalid job ID '{id}'");
        }

        if (_jobs.Exists(other => other.Id == id))
        {
            throw new QmpException($"Job ID '{id}' already in use");
        }
    }

    public void Remove(Job job) => _jobs.Remove(job);
}
