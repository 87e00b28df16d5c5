using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor.Tests;

/// <summary>Jobs on a disk that QEMU's NBD client writes to meanwhile, and the ends that a daemon can come to.</summary>
public sealed class LiveDaemonTests
{
    private const string Uri = "nbd+unix:///e?socket=n.sock";
    private const string Stream =
        """{"execute":"block-stream","arguments":{"device":"t0","job-id":"j","speed":16384}}""";

    private static readonly string[] Served =
    [
        "--blockdev", "driver=qcow2,node-name=t0,file.driver=file,file.filename=top.qcow2",
        "--nbd-server", "addr.type=unix,addr.path=n.sock",
        "--export", "nbd,id=e,node-name=t0,name=e,writable=on",
    ];

    [Fact]
    public async Task A_guest_writes_and_verifies_while_its_disk_is_streamed()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await using DaemonProcess daemon = await StartAsync(folder);
        await daemon.MustAsync(Stream);

        await WriteAndVerifyAsync(folder, seed: 1);
        JsonNode running = (await daemon.ExecuteAsync("""{"execute":"query-jobs"}"""))["return"]!;
        Assert.Equal("running", running[0]!["status"]!.GetValue<string>());
        await daemon.MustAsync("""{"execute":"block-job-set-speed","arguments":{"device":"j","speed":0}}""");
        await daemon.WaitAsync("""{"event":"BLOCK_JOB_COMPLETED","data":{"device":"j","len":4194304,"offset":4194304}}""");
        await VerifyAsync(folder, Uri, seed: 1);
        await daemon.MustAsync("""{"execute":"quit"}""");
        Assert.Equal("", await daemon.WaitForExitAsync());

        await RequireSoundAsync(folder, "top.qcow2");
        Assert.DoesNotContain("backing", await Qemu.RunAsync(folder.Path, "qemu-img", "info", "top.qcow2"),
            StringComparison.Ordinal);
        await VerifyAsync(folder, "top.qcow2", seed: 1);
    }

    [Fact]
    public async Task A_guest_goes_on_over_a_commit_and_a_mirror_of_its_disk()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await Qemu.RunAsync(folder.Path, "qemu-img", "create", "-q", "-f", "qcow2", "new.qcow2", "4M");
        await using DaemonProcess daemon = await StartAsync(folder);

        await daemon.MustAsync("""{"execute":"block-commit","arguments":{"device":"t0","job-id":"c"}}""");
        await WriteAndVerifyAsync(folder, seed: 2);
        await daemon.WaitAsync("""{"event":"BLOCK_JOB_READY","data":{"device":"c"}}""");
        await WriteAndVerifyAsync(folder, seed: 3);
        await daemon.MustAsync("""{"execute":"job-complete","arguments":{"id":"c"}}""");
        await daemon.WaitAsync("""{"event":"JOB_STATUS_CHANGE","data":{"id":"c","status":"null"}}""");
        await VerifyAsync(folder, Uri, seed: 3);
        await VerifyAsync(folder, "base.img", seed: 3, "-r", "-U", "-f", "raw");
        string baseName = await NameOfExportedNodeAsync(daemon);

        await daemon.MustAsync(
            """
            {"execute":"blockdev-add","arguments":
            {"driver":"qcow2","node-name":"n","file":{"driver":"file","filename":"new.qcow2"}}}
            """);
        await daemon.MustAsync(
            """{"execute":"blockdev-mirror","arguments":{"device":"BASE","target":"n","sync":"full","job-id":"m"}}"""
                .Replace("BASE", baseName, StringComparison.Ordinal));
        await WriteAndVerifyAsync(folder, seed: 4);
        await daemon.WaitAsync("""{"event":"BLOCK_JOB_READY","data":{"device":"m"}}""");
        await daemon.MustAsync("""{"execute":"job-complete","arguments":{"id":"m"}}""");
        await daemon.WaitAsync("""{"event":"JOB_STATUS_CHANGE","data":{"id":"m","status":"null"}}""");
        Assert.Equal("n", await NameOfExportedNodeAsync(daemon));
        await WriteAndVerifyAsync(folder, seed: 5);
        await daemon.MustAsync("""{"execute":"quit"}""");
        Assert.Equal("", await daemon.WaitForExitAsync());

        await RequireSoundAsync(folder, "new.qcow2");
        await VerifyAsync(folder, "new.qcow2", seed: 5);
    }

    [Fact]
    public async Task A_daemon_that_was_killed_while_it_streamed_streams_on_when_it_is_started_again()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await using (DaemonProcess killed = await StartAsync(folder))
        {
            await killed.MustAsync(Stream);
            await WriteAndVerifyAsync(folder, seed: 6);
            killed.Process.Kill();
            await killed.Process.WaitForExitAsync();
        }

        File.Delete(folder["pid"]);
        await using DaemonProcess daemon = await StartAsync(folder);
        await VerifyAsync(folder, Uri, seed: 6);
        await daemon.MustAsync("""{"execute":"block-stream","arguments":{"device":"t0","job-id":"j"}}""");
        await daemon.WaitAsync("""{"event":"BLOCK_JOB_COMPLETED","data":{"device":"j","len":4194304,"offset":4194304}}""");
        await daemon.MustAsync("""{"execute":"quit"}""");
        Assert.Equal("", await daemon.WaitForExitAsync());
        await RequireSoundAsync(folder, "top.qcow2");
        await VerifyAsync(folder, "top.qcow2", seed: 6);
    }

    [Fact]
    public async Task A_signal_ends_it_with_everything_flushed_and_cleared_away()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await using DaemonProcess daemon = await StartAsync(folder);
        await daemon.MustAsync(Stream);
        await WriteAndVerifyAsync(folder, seed: 7);
        Assert.Equal("600\n600\n", await Qemu.RunAsync(folder.Path, "stat", "-c", "%a", "qmp.sock", "n.sock"));

        await Qemu.RunAsync(folder.Path, "kill", "-TERM", daemon.Process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("", await daemon.WaitForExitAsync());

        Assert.Contains(
            daemon.Events, happening => happening["event"]!.GetValue<string>() == "BLOCK_JOB_CANCELLED");
        Assert.False(File.Exists(folder["qmp.sock"]));
        Assert.False(File.Exists(folder["n.sock"]));
        Assert.False(File.Exists(folder["pid"]));
        await RequireSoundAsync(folder, "top.qcow2");
        await VerifyAsync(folder, "top.qcow2", seed: 7);
    }

    [Fact]
    public async Task A_daemon_in_the_background_serves_when_the_command_returns()
    {
        using TestFolder folder = new();
        await Qemu.MakeChainAsync(folder.Path);
        await Qemu.RunAsync(
            folder.Path,
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "BlockGen.Cli.dll"), "daemon", "--daemonize", .. Served,
                "--pidfile", "pid"]);
        using Process daemon = Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync(folder["pid"]), CultureInfo.InvariantCulture));
        try
        {
            await WriteAndVerifyAsync(folder, seed: 8);
        }
        finally
        {
            daemon.Kill();
        }
    }

    private static async ValueTask<DaemonProcess> StartAsync(TestFolder folder)
    {
        DaemonProcess daemon = await DaemonProcess.StartOursAsync(folder.Path, Served);
        await daemon.MustAsync("""{"execute":"qmp_capabilities"}""");
        return daemon;
    }

    private static async Task<string> NameOfExportedNodeAsync(DaemonProcess daemon) =>
        (await daemon.ExecuteAsync("""{"execute":"query-block-exports"}"""))["return"]![0]!["node-name"]!
            .GetValue<string>();

    private static async Task WriteAndVerifyAsync(TestFolder folder, int seed)
    {
        await IoAsync(folder, Uri, ["-f", "raw"], Places(seed).Select(place => $"write -q -P {place.Value} {place.At} {place.Bytes}"));
        await VerifyAsync(folder, Uri, seed);
    }

    private static Task VerifyAsync(TestFolder folder, string image, int seed, params string[] options) =>
        IoAsync(folder, image, options, Places(seed).Select(place => $"read -q -P {place.Value} {place.At} {place.Bytes}"));

    private static async Task IoAsync(
        TestFolder folder, string image, IEnumerable<string> options, IEnumerable<string> commands)
    {
        string output = await Qemu.RunAsync(
            folder.Path, "qemu-io", [.. options, .. commands.SelectMany(command => (string[])["-c", command]), image]);
        Assert.DoesNotContain("verification failed", output, StringComparison.Ordinal);
    }

    /// <summary>Runs of bytes that do not overlap, all over the disk.</summary>
    private static IEnumerable<(int At, int Bytes, int Value)> Places(int seed)
    {
        const int PlaceCount = 64;
        const int PlaceBytes = (4 << 20) / PlaceCount;
        Random random = new(seed);
        for (int place = 0; place < PlaceCount; place++)
        {
            int at = place * PlaceBytes + random.Next(PlaceBytes / 1024) * 512;
            yield return (at, random.Next(1, PlaceBytes / 1024) * 512, random.Next(1, 255));
        }
    }

    private static Task RequireSoundAsync(TestFolder folder, string image) =>
        Qemu.RunAsync(folder.Path, "qemu-img", "check", "-q", image);
}
