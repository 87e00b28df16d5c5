namespace BlockGen.Cli;

/// <summary>A file of <c>blkdebug</c> rules: <c>[inject-error]</c> and <c>[set-state]</c>.</summary>
internal static class BlkdebugConfig
{
    /// <summary>The sections in order; failures are <see cref="ImageException"/>.</summary>
    public static IReadOnlyList<(string Section, NodeOptions Options)> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string reason = failure is FileNotFoundException or DirectoryNotFoundException
                ? "No such file or directory"
                : failure.Message;
            throw new ImageException($"Could not read blkdebug config file: {reason}");
        }

        List<(string, NodeOptions)> sections = [];
        Dictionary<string, string>? values = null;
        for (int at = 0; at < lines.Length; at++)
        {
            string line = lines[at].Trim();
            if (line is "" or ['#', ..])
            {
                continue;
            }

            if (line is ['[', .. string name, ']'])
            {
                if (name is not ("inject-error" or "set-state"))
                {
                    throw new ImageException($"{path}:{at + 1}: there is no group \"{name}\"");
                }

                values = [];
                sections.Add((name, new NodeOptions(values)));
                continue;
            }

            string[] nameAndValue = line.Split('=', 2);
            string quoted = nameAndValue[^1].Trim();
            if (values is null || nameAndValue.Length != 2 || quoted is not ['"', .. string value, '"'])
            {
                throw new ImageException($"{path}:{at + 1}: neither a group nor name = \"value\": {line}");
            }

            values[nameAndValue[0].Trim()] = value;
        }

        return sections;
    }
}
