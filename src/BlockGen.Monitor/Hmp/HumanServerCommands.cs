using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Lines about the NBD server, and the one that ends the daemon.</summary>
internal sealed class HumanServerCommands(StorageDaemon daemon)
{
    private const string UnixScheme = "unix:";
    private const string TcpScheme = "tcp:";

    public IEnumerable<HumanCommand> Commands =>
    [
        new(
            "nbd_server_start",
            "[-a] [-w] host:port|unix:path",
            "serve block devices on the given host and port (-a: all of them; -w: for writing)",
            [HumanParameter.Switch("a"), HumanParameter.Switch("w"), new HumanParameter("uri", HumanWord.Text)],
            StartAsync),
        new(
            "nbd_server_add",
            "[-w] device [name]",
            "export a block device via NBD",
            [
                HumanParameter.Switch("w"), new HumanParameter("device", HumanWord.Device),
                new HumanParameter("name", HumanWord.Text, IsOptional: true),
            ],
            (words, _, cancellation) => AddAsync(
                words["device"], words.TextOrNull("name") ?? words["device"], words.Has("w"), cancellation)),
        new(
            "nbd_server_remove",
            "[-f] name",
            "remove an export previously exposed via NBD",
            [HumanParameter.Switch("f"), new HumanParameter("name", HumanWord.Text)],
            (words, _, cancellation) => daemon.ExecuteInTurnAsync(
                "nbd-server-remove",
                new() { ["name"] = words["name"], ["mode"] = words.Has("f") ? "hard" : "safe" },
                cancellation)),
        new(
            "nbd_server_stop",
            "",
            "stop serving block devices using the NBD protocol",
            [],
            (_, _, cancellation) => daemon.ExecuteInTurnAsync("nbd-server-stop", [], cancellation)),
        new(
            "quit",
            "",
            "quit the daemon",
            [],
            (_, _, cancellation) => daemon.ExecuteInTurnAsync("quit", [], cancellation))
        {
            Alias = "q",
        },
    ];

    private async ValueTask StartAsync(HumanArguments words, TextWriter output, CancellationToken cancellation)
    {
        JsonObject address = ReadAddress(words["uri"]);
        await daemon.ExecuteInTurnAsync("nbd-server-start", new() { ["addr"] = address }, cancellation)
            .ConfigureAwait(false);
        if (!words.Has("a"))
        {
            return;
        }

        try
        {
            foreach (Node node in daemon.Graph.Disks.ToArray())
            {
                await AddAsync(node.Name, node.Name, words.Has("w"), cancellation).ConfigureAwait(false);
            }
        }
        catch (QmpException)
        {
            await daemon.Exports.StopServerAsync().ConfigureAwait(false);
            throw;
        }
    }

    private ValueTask AddAsync(string device, string name, bool isWritable, CancellationToken cancellation) =>
        daemon.ExecuteInTurnAsync(
            "nbd-server-add",
            new() { ["device"] = device, ["name"] = name, ["writable"] = isWritable },
            cancellation);

    private static JsonObject ReadAddress(string text)
    {
        if (text.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            return new JsonObject
            {
                ["type"] = "unix",
                ["data"] = new JsonObject { ["path"] = text[UnixScheme.Length..] },
            };
        }

        string place = text.StartsWith(TcpScheme, StringComparison.Ordinal) ? text[TcpScheme.Length..] : text;
        int colon = place.LastIndexOf(':');
        return colon < 0
            ? throw new QmpException($"error parsing address '{place}'")
            : new JsonObject
            {
                ["type"] = "inet",
                ["data"] = new JsonObject { ["host"] = place[..colon].Trim('[', ']'), ["port"] = place[(colon + 1)..] },
            };
    }
}
