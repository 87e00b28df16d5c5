using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Lines that start copies, and steer them.</summary>
internal sealed class HumanJobCommands(StorageDaemon daemon)
{
    private static readonly HumanParameter Device = new("device", HumanWord.Device);

    public IEnumerable<HumanCommand> Commands =>
    [
        new(
            "block_stream",
            "device [speed [base]]",
            "copy data from a backing file into a block device",
            [
                Device, new HumanParameter("speed", HumanWord.Size, IsOptional: true),
                new HumanParameter("base", HumanWord.Text, IsOptional: true),
            ],
            StreamAsync),
        new(
            "block_job_set_speed",
            "device speed",
            "set maximum speed for a background block operation",
            [Device, new HumanParameter("speed", HumanWord.Size)],
            (words, _, cancellation) => daemon.ExecuteInTurnAsync(
                "block-job-set-speed",
                new() { ["device"] = words["device"], ["speed"] = words.Bytes("speed") },
                cancellation)),
        new(
            "block_job_cancel",
            "[-f] device",
            "stop an active background block operation (use -f\n"
            + "\t\t\t if you want to abort the operation immediately\n"
            + "\t\t\t instead of keep running until data is in sync)",
            [HumanParameter.Switch("f"), Device],
            (words, _, cancellation) => daemon.ExecuteInTurnAsync(
                "block-job-cancel",
                new() { ["device"] = words["device"], ["force"] = words.Has("f") },
                cancellation)),
        Steer("block_job_pause", "block-job-pause", "pause an active background block operation"),
        Steer("block_job_resume", "block-job-resume", "resume a paused background block operation"),
        Steer("block_job_complete", "block-job-complete", "stop an active background block operation"),
    ];

    private HumanCommand Steer(string name, string command, string help) => new(
        name,
        "device",
        help,
        [Device],
        (words, _, cancellation) => daemon.ExecuteInTurnAsync(
            command, new() { ["device"] = words["device"] }, cancellation));

    private ValueTask StreamAsync(HumanArguments words, TextWriter output, CancellationToken cancellation)
    {
        // A person steers the job by the name of its disk.
        JsonObject arguments = new()
        {
            ["job-id"] = words["device"],
            ["device"] = words["device"],
            ["speed"] = words.Bytes("speed"),
        };
        if (words.TextOrNull("base") is { } lower)
        {
            arguments["base"] = lower;
        }

        return daemon.ExecuteInTurnAsync("block-stream", arguments, cancellation);
    }
}
