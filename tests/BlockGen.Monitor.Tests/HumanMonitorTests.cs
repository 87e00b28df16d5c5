using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BlockGen.Monitor.Tests;

/// <summary>Lines as people type them.</summary>
public sealed partial class HumanMonitorTests
{
    private const string Prompt = "(qemu) ";

    private static readonly string[] Served =
        ["--blockdev", "qcow2,node-name=t0,file.driver=file,file.filename=top.qcow2"];

    /// <summary>What QEMU's own monitor answered to the same lines, about the same chain.</summary>
    [Fact]
    public async Task Answers_are_those_that_QEMU_gave()
    {
        string[] transcript = await File.ReadAllLinesAsync(
            Path.Combine(AppContext.BaseDirectory, "Sessions", "human.txt"));
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await using DaemonProcess daemon = await StartAsync(folder);

        List<string> heard = [];
        foreach (string line in transcript.Where(line => line.StartsWith(Prompt, StringComparison.Ordinal)))
        {
            string text = line[Prompt.Length..];
            string answer = await SayAsync(daemon, text);
            heard.Add(line);
            heard.AddRange(answer.Split('\n')[..^1]);
            if (text == "block_job_cancel t0" && answer.Length == 0)
            {
                await WaitUntilIdleAsync(daemon);
            }
        }

        Assert.Equal(transcript, heard);
    }

    [Fact]
    public async Task Jobs_and_details_of_images_are_told_in_QEMUs_words()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await using DaemonProcess daemon = await StartAsync(folder);

        string details = await SayAsync(daemon, "info block -v t0");
        Assert.Contains("\nImages:\nimage: top.qcow2\nfile format: qcow2\nvirtual size: 4 MiB (4194304 bytes)\n", details,
            StringComparison.Ordinal);
        Assert.Contains(
            "cluster_size: 65536\nbacking file: mid.qcow2\nbacking file format: qcow2\n"
            + "Format specific information:\n    compat: 1.1\n    compression type: zlib\n    lazy refcounts: false\n"
            + "    refcount bits: 16\n    corrupt: false\n    extended l2: false\nimage: mid.qcow2\n",
            details, StringComparison.Ordinal);
        Assert.Equal(6, EntryOfNode().Count(await SayAsync(daemon, "info block -n")));
        Assert.Equal(1, EntryOfNode().Count(await SayAsync(daemon, "info block")));

        Assert.Equal("", await SayAsync(daemon, "block_stream t0 64k"));
        Assert.Matches(
            "^Streaming device t0: Completed [0-9]+ of 4194304 bytes, speed limit 65536 bytes/s\n$",
            await SayAsync(daemon, "info block-jobs"));
        Assert.Equal("", await SayAsync(daemon, "block_job_cancel t0"));
        await WaitUntilIdleAsync(daemon);
    }

    [Fact]
    public async Task A_disk_is_copied_into_new_images_and_committed_by_a_few_words()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await using DaemonProcess daemon = await StartAsync(folder);

        Assert.Equal("", await SayAsync(daemon, "drive_backup -f t0 whole.img raw"));
        await WaitUntilIdleAsync(daemon);
        Assert.Equal("", await SayAsync(daemon, "drive_backup t0 layer.qcow2"));
        await WaitUntilIdleAsync(daemon);
        Assert.Equal(
            "Error: Backing file not supported for file format 'raw'\n",
            await SayAsync(daemon, "drive_mirror t0 no.img raw"));
        Assert.False(File.Exists(folder["no.img"]));
        Assert.Equal("", await SayAsync(daemon, "nbd_server_start -a -w unix:n.sock"));
        Assert.Equal("", await SayAsync(daemon, "drive_mirror -f t0 mirror.qcow2"));
        await daemon.WaitAsync("""{"event":"BLOCK_JOB_READY","data":{"device":"t0"}}""");
        Assert.Equal("", await SayAsync(daemon, "block_job_complete t0"));
        await WaitUntilIdleAsync(daemon);
        Assert.Contains("mirror.qcow2 (qcow2)", await SayAsync(daemon, "info block"), StringComparison.Ordinal);
        Assert.Equal("", await SayAsync(daemon, "nbd_server_stop"));
        Assert.Equal("", await SayAsync(daemon, "commit t0"));
        Assert.Equal("", await SayAsync(daemon, "quit"));
        Assert.Equal("", await daemon.WaitForExitAsync());

        foreach (string copy in (string[])["whole.img", "layer.qcow2", "mirror.qcow2", "mid.qcow2"])
        {
            await Qemu.RunAsync(folder.Path, "qemu-img", "compare", "-q", "top.qcow2", copy);
        }

        Assert.Contains(
            "backing file: ", await Qemu.RunAsync(folder.Path, "qemu-img", "info", "layer.qcow2"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_passes_lines_on_and_ends_with_the_daemon()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await using DaemonProcess daemon = await StartAsync(folder);

        string heard = await Qemu.RunAsync(
            folder.Path,
            "sh", "-c", """printf 'info block-jobs\nnope\nquit\nnobody hears this\n' | dotnet "$0" monitor qmp.sock""",
            Path.Combine(AppContext.BaseDirectory, "BlockGen.Cli.dll"));

        Assert.Equal("No active jobs\nunknown command: 'nope'\n", heard);
        Assert.Equal("", await daemon.WaitForExitAsync());
    }

    private static async ValueTask<DaemonProcess> StartAsync(TestFolder folder)
    {
        DaemonProcess daemon = await DaemonProcess.StartOursAsync(folder.Path, Served);
        await daemon.MustAsync("""{"execute":"qmp_capabilities"}""");
        return daemon;
    }

    private static async Task<string> SayAsync(DaemonProcess daemon, string line)
    {
        JsonObject command = new()
        {
            ["execute"] = "human-monitor-command",
            ["arguments"] = new JsonObject { ["command-line"] = line },
        };
        return (await daemon.ExecuteAsync(command.ToJsonString()))["return"]!.GetValue<string>();
    }

    private static async Task WaitUntilIdleAsync(DaemonProcess daemon)
    {
        while ((await daemon.ExecuteAsync("""{"execute":"query-jobs"}"""))["return"]!.AsArray().Count > 0)
        {
            // A command after the other, until the job has told of its end.
        }
    }

    [GeneratedRegex("^[^ \n]+: [^ \n]+ \\([a-z0-9]+(, read-only)?\\)$", RegexOptions.Multiline)]
    private static partial Regex EntryOfNode();
}
