using System.Text.Json.Nodes;

namespace BlockGen.Monitor.Tests;

/// <summary>One session with QEMU's storage daemon and with ours: the same answers and the same events.</summary>
public sealed class SameAsStorageDaemonTests
{
    private const string WaitMark = "wait ";

    public static TheoryData<string> Sessions => [.. Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "Sessions"), "*.qmp")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task Answers_and_events_are_those_of_QEMU(string session)
    {
        string[] lines = await File.ReadAllLinesAsync(
            Path.Combine(AppContext.BaseDirectory, "Sessions", $"{session}.qmp"));
        using TestFolder theirs = new();
        using TestFolder ours = new();
        await Qemu.MakeChainAsync(theirs.Path);
        await Qemu.MakeChainAsync(ours.Path);
        await using DaemonProcess peer = await DaemonProcess.StartPeerAsync(theirs.Path);
        await using DaemonProcess own = await DaemonProcess.StartOursAsync(ours.Path);

        List<string> differences = [];
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith(WaitMark, StringComparison.Ordinal))
            {
                await peer.WaitAsync(line[WaitMark.Length..]);
                await own.WaitAsync(line[WaitMark.Length..]);
                continue;
            }

            JsonObject expected = await peer.ExecuteAsync(line);
            JsonObject actual = await own.ExecuteAsync(line);
            if (Normal.Of(expected) != Normal.Of(actual))
            {
                differences.Add($"{line}\n  QEMU: {Normal.Of(expected)}\n  ours: {Normal.Of(actual)}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal("", await peer.WaitForExitAsync());
        Assert.Equal("", await own.WaitForExitAsync());
        Assert.Equal(Normal.Of(peer.Events), Normal.Of(own.Events));
        await AssertSameDisksAsync(theirs, ours);
    }

    private static async Task AssertSameDisksAsync(TestFolder theirs, TestFolder ours)
    {
        foreach (string path in Directory.GetFiles(theirs.Path).Where(path => path.EndsWith("img", StringComparison.Ordinal)
            || path.EndsWith("qcow2", StringComparison.Ordinal)))
        {
            string name = Path.GetFileName(path);
            await Qemu.RunAsync(ours.Path, "qemu-img", "compare", "-q", path, name);
            if (name.EndsWith("qcow2", StringComparison.Ordinal))
            {
                await Qemu.RunAsync(ours.Path, "qemu-img", "check", "-q", name);
            }
        }
    }
}
