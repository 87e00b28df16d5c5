namespace BlockGen.Monitor;

/// <summary>What clients are told of jobs.</summary>
internal static class JobEvents
{
    private static readonly QmpMember[] Course =
    [
        new("type", JobTypes.Type),
        new("device", Qmp.Text),
        new("len", Qmp.Integer),
        new("offset", Qmp.Integer),
        new("speed", Qmp.Integer),
    ];

    public static QmpEvent StatusChange { get; } = new(
        "JOB_STATUS_CHANGE",
        new QmpObject("JobStatusChange", new QmpMember("id", Qmp.Text), new QmpMember("status", JobTypes.Status)));

    public static QmpEvent Completed { get; } = new(
        "BLOCK_JOB_COMPLETED",
        new QmpObject("BlockJobCompleted", [.. Course, QmpMember.Optional("error", Qmp.Text)]));

    public static QmpEvent Cancelled { get; } = new("BLOCK_JOB_CANCELLED", new QmpObject("BlockJobCancelled", Course));

    public static QmpEvent Ready { get; } = new("BLOCK_JOB_READY", new QmpObject("BlockJobReady", Course));

    public static QmpEvent Pending { get; } = new(
        "BLOCK_JOB_PENDING",
        new QmpObject("BlockJobPending", new QmpMember("type", JobTypes.Type), new QmpMember("id", Qmp.Text)));

    public static QmpEvent Error { get; } = new(
        "BLOCK_JOB_ERROR",
        new QmpObject(
            "BlockJobError",
            new QmpMember("device", Qmp.Text),
            new QmpMember("operation", new QmpEnum("IoOperationType", "read", "write")),
            new QmpMember("action", new QmpEnum("BlockErrorAction", "ignore", "report", "stop"))));

    public static IReadOnlyList<QmpEvent> All { get; } =
        [StatusChange, Completed, Cancelled, Ready, Pending, Error];
}
