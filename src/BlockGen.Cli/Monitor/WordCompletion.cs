using System.Text.Json.Nodes;

namespace BlockGen.Cli;

/// <summary>What the words of a monitor's lines could become: its commands, nodes, jobs and exports.</summary>
internal sealed class WordCompletion(MonitorClient client, CancellationToken cancellation)
{
    private static readonly string[] Topics = ["help", "?", "info"];

    /// <summary>The words that could stand where the text's last one begins.</summary>
    public async ValueTask<IReadOnlyList<string>> CompleteAsync(string text)
    {
        string[] words = text.TrimStart().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string last = text.EndsWith(' ') || words.Length == 0 ? "" : words[^1];
        string[] before = last.Length == 0 ? words : words[..^1];
        IEnumerable<string> candidates = before switch
        {
            [] or ["help" or "?"] => await NamesOfCommandsAsync("help"),
            [.., "info"] => await NamesOfCommandsAsync("help info"),
            [string command, ..] when Topics.Contains(command) && before is not ["info", "block", ..] => [],
            [string command, ..] when command.StartsWith("block_job", StringComparison.Ordinal) =>
                await NamesAsync("query-block-jobs", "device"),
            ["nbd_server_remove", ..] => await NamesAsync("query-block-exports", "id"),
            _ => await NamesAsync("query-named-block-nodes", "node-name"),
        };
        return
        [
            .. candidates.Where(name => name.StartsWith(last, StringComparison.Ordinal))
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    // Each command has a line: its names, what it takes, and "--" before what it does; the rest is indented.
    private async ValueTask<IEnumerable<string>> NamesOfCommandsAsync(string question)
    {
        string help = await client.ObeyAsync(question, cancellation);
        int position = question == "help" ? 0 : 1;
        return help.Split('\n')
            .Where(line => line is [not (' ' or '\t' or '['), ..])
            .Select(line => line.Split(' '))
            .Where(words => words.Length > position)
            .SelectMany(words => words[position].Split('|'));
    }

    private async ValueTask<IEnumerable<string>> NamesAsync(string query, string member)
    {
        JsonNode found = await client.ExecuteAsync(query, [], cancellation);
        return found.AsArray().Select(item => item![member]?.ToString() ?? "")
            .Where(name => name is [not '#', ..]);
    }
}
