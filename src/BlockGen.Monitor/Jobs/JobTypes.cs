namespace BlockGen.Monitor;

/// <summary>The types of jobs' arguments and descriptions.</summary>
internal static class JobTypes
{
    public static QmpEnum Type { get; } = new("JobType", "commit", "stream", "mirror", "backup", "create");

    public static QmpEnum Status { get; } = new(
        "JobStatus", [.. Enum.GetValues<JobStatus>().Select(status => status.Word)]);

    public static QmpEnum OnError { get; } = new("BlockdevOnError", "report", "ignore", "enospc", "stop");

    public static QmpObject Info { get; } = new(
        "JobInfo",
        new QmpMember("id", Qmp.Text),
        new QmpMember("type", Type),
        new QmpMember("status", Status),
        new QmpMember("current-progress", Qmp.Integer),
        new QmpMember("total-progress", Qmp.Integer),
        QmpMember.Optional("error", Qmp.Text));

    public static QmpObject BlockInfo { get; } = new(
        "BlockJobInfo",
        new QmpMember("type", Type),
        new QmpMember("device", Qmp.Text),
        new QmpMember("len", Qmp.Integer),
        new QmpMember("offset", Qmp.Integer),
        new QmpMember("busy", Qmp.Flag),
        new QmpMember("paused", Qmp.Flag),
        new QmpMember("speed", Qmp.Integer),
        new QmpMember("io-status", new QmpEnum("BlockDeviceIoStatus", "ok", "failed", "nospace")),
        new QmpMember("ready", Qmp.Flag),
        new QmpMember("status", Status),
        new QmpMember("auto-finalize", Qmp.Flag),
        new QmpMember("auto-dismiss", Qmp.Flag),
        QmpMember.Optional("error", Qmp.Text));

    /// <summary>The policy of that word.</summary>
    public static ErrorPolicy ToErrorPolicy(string? word) => word switch
    {
        "ignore" => ErrorPolicy.Ignore,
        "stop" => ErrorPolicy.Stop,
        "enospc" => ErrorPolicy.Enospc,
        _ => ErrorPolicy.Report,
    };
}
