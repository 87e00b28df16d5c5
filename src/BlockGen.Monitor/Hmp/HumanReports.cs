using System.Globalization;

namespace BlockGen.Monitor;

/// <summary>Lines that ask how things are.</summary>
internal sealed class HumanReports(StorageDaemon daemon)
{
    public IEnumerable<HumanCommand> Commands =>
    [
        new(
            "info block",
            "[-n] [-v] [device]",
            "show info of one block device or all block devices (-n: show named nodes; -v: show details)",
            [
                HumanParameter.Switch("n"), HumanParameter.Switch("v"),
                new HumanParameter("device", HumanWord.Device, IsOptional: true),
            ],
            TellOfNodesAsync),
        new(
            "info block-jobs",
            "",
            "show progress of ongoing block device operations",
            [],
            (_, output, _) =>
            {
                TellOfJobs(output);
                return ValueTask.CompletedTask;
            }),
        new(
            "info version",
            "",
            "show the version of QEMU whose words these are, and of the daemon",
            [],
            (_, output, _) =>
            {
                DaemonVersion version = daemon.Version;
                output.Write(string.Create(
                    CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}.0 ({version.Package})\n"));
                return ValueTask.CompletedTask;
            }),
    ];

    private async ValueTask TellOfNodesAsync(HumanArguments words, TextWriter output, CancellationToken cancellation)
    {
        string? name = words.TextOrNull("device");
        IEnumerable<Node> nodes = (name, words.Has("n")) switch
        {
            ({ }, _) => daemon.Graph.Nodes.Where(node => node.Name == name),
            (null, true) => daemon.Graph.Nodes,
            (null, false) => daemon.Graph.Disks,
        };
        bool isFirst = true;
        foreach (Node node in nodes.ToArray())
        {
            if (!isFirst)
            {
                output.Write('\n');
            }

            isFirst = false;
            await new HumanNodeText(daemon, output).WriteAsync(node, words.Has("v"), cancellation)
                .ConfigureAwait(false);
        }
    }

    private void TellOfJobs(TextWriter output)
    {
        BlockJob[] jobs = [.. daemon.Jobs.Jobs.OfType<BlockJob>()];
        if (jobs.Length == 0)
        {
            output.Write("No active jobs\n");
        }

        foreach (BlockJob job in jobs)
        {
            string what = job.Type == "stream" ? $"Streaming device {job.Id}" : $"Type {job.Type}, device {job.Id}";
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: Completed {job.Progress.Done} of {job.Progress.Total} bytes, speed limit "
                + $"{job.SpeedBytesPerSecond} bytes/s\n"));
        }
    }
}
