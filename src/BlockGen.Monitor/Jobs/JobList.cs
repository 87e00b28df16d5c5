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
    public void Start(Job job)
    {
        if (!Identifier.IsSound(job.Id))
        {
            throw new QmpException($"Invalid job ID '{job.Id}'");
        }

        if (_jobs.Exists(other => other.Id == job.Id))
        {
            throw new QmpException($"Job ID '{job.Id}' already in use");
        }

        _jobs.Insert(0, job);
        try
        {
            job.Start();
        }
        catch
        {
            _jobs.Remove(job);
            throw;
        }
    }

    public void Remove(Job job) => _jobs.Remove(job);
}
