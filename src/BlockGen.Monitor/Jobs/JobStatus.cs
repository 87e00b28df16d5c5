namespace BlockGen.Monitor;

/// <summary>Where a job is, in QEMU's words.</summary>
internal enum JobStatus
{
    Created,
    Running,
    Paused,
    Ready,
    Standby,
    Waiting,
    Pending,
    Aborting,
    Concluded,
    Null,
}

/// <summary>What can be asked of a job, and in which states.</summary>
internal static class JobVerbs
{
    private static readonly JobStatus[] Active =
        [JobStatus.Created, JobStatus.Running, JobStatus.Paused, JobStatus.Ready, JobStatus.Standby];

    private static readonly Dictionary<string, JobStatus[]> States = new()
    {
        ["cancel"] = [.. Active, JobStatus.Waiting, JobStatus.Pending],
        ["pause"] = Active,
        ["resume"] = Active,
        ["set-speed"] = Active,
        ["complete"] = [JobStatus.Ready],
        ["finalize"] = [JobStatus.Pending],
        ["dismiss"] = [JobStatus.Concluded],
    };

    /// <summary>Throws when a job cannot do that now.</summary>
    public static void Require(Job job, string verb)
    {
        if (!States[verb].Contains(job.Status))
        {
            throw new QmpException(
                $"Job '{job.Id}' in state '{job.Status.Word}' cannot accept command verb '{verb}'");
        }
    }

    extension(JobStatus status)
    {
        /// <summary>The state as clients know it.</summary>
        public string Word => status.ToString().ToLowerInvariant();
    }
}
