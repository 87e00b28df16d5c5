using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands that watch and steer jobs.</summary>
internal sealed class JobCommands(StorageDaemon daemon)
{
    private static readonly QmpObject ById = new("JobId", new QmpMember("id", Qmp.Text));
    private static readonly QmpObject ByDevice = new("BlockJobDevice", new QmpMember("device", Qmp.Text));

    private static readonly QmpObject CancelType = new(
        "BlockJobCancel", new QmpMember("device", Qmp.Text), QmpMember.Optional("force", Qmp.Flag));

    private static readonly QmpObject SpeedType = new(
        "BlockJobSetSpeed", new QmpMember("device", Qmp.Text), new QmpMember("speed", Qmp.Integer));

    public IEnumerable<QmpCommand> Commands =>
    [
        new("query-jobs", QmpObject.Empty, new QmpArray(JobTypes.Info), (_, _) => new(ListJobs())),
        new("query-block-jobs", QmpObject.Empty, new QmpArray(JobTypes.BlockInfo), (_, _) => new(ListBlockJobs())),
        Steer("job-cancel", job => job.Cancel()),
        Steer("job-pause", job => job.Pause()),
        Steer("job-resume", job => job.Resume()),
        Steer("job-complete", job => job.Complete()),
        Steer("job-finalize", job => job.Finish()),
        Steer("job-dismiss", job => job.Dismiss()),
        new("block-job-cancel", CancelType, QmpObject.Empty, CancelAsync),
        SteerBlockJob("block-job-pause", "device", job => job.Pause()),
        SteerBlockJob("block-job-resume", "device", job => job.Resume()),
        SteerBlockJob("block-job-complete", "device", job => job.Complete()),
        SteerBlockJob("block-job-finalize", "id", job => job.Finish()),
        SteerBlockJob("block-job-dismiss", "id", job => job.Dismiss()),
        new("block-job-set-speed", SpeedType, QmpObject.Empty, SetSpeedAsync),
    ];

    private QmpCommand Steer(string name, Action<Job> act) => new(name, ById, QmpObject.Empty, (arguments, _) =>
    {
        act(daemon.Jobs.Require(arguments.Text("id")));
        return default;
    });

    private QmpCommand SteerBlockJob(string name, string member, Action<BlockJob> act) =>
        new(name, member == "id" ? ById : ByDevice, QmpObject.Empty, (arguments, _) =>
        {
            act(daemon.Jobs.RequireBlockJob(arguments.Text(member)));
            return default;
        });

    private ValueTask<JsonNode?> CancelAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        BlockJob job = daemon.Jobs.RequireBlockJob(arguments.Text("device"));
        bool isForced = arguments.Flag("force", initial: false);
        if (job.IsUserPaused && !isForced)
        {
            throw new QmpException($"The block job for device '{job.Id}' is currently paused");
        }

        if (isForced)
        {
            job.Cancel();
        }
        else
        {
            job.CancelGently();
        }

        return default;
    }

    private ValueTask<JsonNode?> SetSpeedAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        BlockJob job = daemon.Jobs.RequireBlockJob(arguments.Text("device"));
        JobVerbs.Require(job, "set-speed");
        job.SpeedBytesPerSecond = arguments.Size("speed");
        return default;
    }

    private JsonArray ListJobs() => new([.. daemon.Jobs.Jobs.Select(job => job.ToJson())]);

    private JsonArray ListBlockJobs() =>
        new([.. daemon.Jobs.Jobs.OfType<BlockJob>().Select(job => job.ToBlockJobJson())]);
}
