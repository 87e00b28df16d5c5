namespace BlockGen.Monitor;

/// <summary>What every command that starts a copy takes.</summary>
internal static class JobArguments
{
    public static IReadOnlyList<QmpMember> Members { get; } =
    [
        QmpMember.Optional("job-id", Qmp.Text),
        QmpMember.Optional("speed", Qmp.Integer),
        QmpMember.Optional("auto-finalize", Qmp.Flag),
        QmpMember.Optional("auto-dismiss", Qmp.Flag),
    ];

    /// <summary>A job of that type, without the nodes it uses.</summary>
    public static JobSettings Read(QmpArguments arguments, string type) =>
        new(arguments.TextOrNull("job-id") ?? "", type)
        {
            FinalizesItself = arguments.Flag("auto-finalize", initial: true),
            DismissesItself = arguments.Flag("auto-dismiss", initial: true),
            SpeedBytesPerSecond = arguments.Size("speed"),
            OnError = JobTypes.ToErrorPolicy(
                arguments.TextOrNull("on-error") ?? arguments.TextOrNull("on-source-error")),
        };
}
