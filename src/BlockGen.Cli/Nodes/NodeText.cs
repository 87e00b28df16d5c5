using System.Text.Json;
using BlockGen.Monitor;
using BlockGen.Nbd;

namespace BlockGen.Cli;

/// <summary>Names of images that say how they are opened: <c>json:{...}</c>, option lists, and prefixes.</summary>
internal static class NodeText
{
    private const string JsonPrefix = "json:";
    private const string BlkdebugPrefix = "blkdebug:";
    private const string NullPrefix = "null-co://";

    private static readonly JsonDocumentOptions Strictness = new() { MaxDepth = 64 };

    /// <summary>Whether a name says more than where a file is.</summary>
    public static bool Describes(string name) => IsJson(name) || DescribesProtocol(name);

    /// <summary>Whether a name is an object of options.</summary>
    public static bool IsJson(string name) => name.StartsWith(JsonPrefix, StringComparison.Ordinal);

    /// <summary>
    /// What a name says; null for the name of a file. Options with <c>driver</c> absent are of a probed image.
    /// </summary>
    public static NodeOptions? Read(string name)
    {
        if (IsJson(name))
        {
            return ReadJson(name[JsonPrefix.Length..]);
        }

        return DescribesProtocol(name)
            ? new NodeOptions(new Dictionary<string, string> { ["file.filename"] = name })
            : null;
    }

    /// <summary>The options of <c>blkdebug:RULES:IMAGE</c>, <c>null-co://</c> and NBD addresses; null for a file.</summary>
    public static NodeOptions? ReadProtocol(string name)
    {
        if (name == NullPrefix)
        {
            return new NodeOptions(new Dictionary<string, string> { ["driver"] = "null-co" });
        }

        if (name.StartsWith(NullPrefix, StringComparison.Ordinal))
        {
            throw new ImageException("The only allowed filename for this driver is 'null-co://'");
        }

        if (NbdAddress.IsAddress(name))
        {
            return new NodeOptions(new Dictionary<string, string> { ["driver"] = "nbd", ["uri"] = name });
        }

        if (!name.StartsWith(BlkdebugPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        if (name[BlkdebugPrefix.Length..].Split(':', 2) is not [string rules, string image])
        {
            throw new ImageException("blkdebug requires both config file and image path");
        }

        Dictionary<string, string> values = new() { ["driver"] = "blkdebug", ["image.filename"] = image };
        if (rules.Length > 0)
        {
            values["config"] = rules;
        }

        return new NodeOptions(values);
    }

    /// <summary>What a list of options says: <c>driver=raw,file.filename=a.img</c>.</summary>
    public static NodeOptions ReadOptionList(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            throw new ImageException($"Cannot find device='{text}' nor node-name='{text}'");
        }

        return new NodeOptions(OptionText.Parse([text]));
    }

    private static bool DescribesProtocol(string name) =>
        name.StartsWith(BlkdebugPrefix, StringComparison.Ordinal)
        || name.StartsWith(NullPrefix, StringComparison.Ordinal)
        || NbdAddress.IsAddress(name);

    private static NodeOptions ReadJson(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, Strictness);
        }
        catch (JsonException failure)
        {
            bool isShort = text.Trim().Length == 0 || !text.TrimEnd().EndsWith('}');
            throw new ImageException(
                $"Could not parse the JSON options: JSON parse error, {(isShort ? "premature EOI" : failure.Message)}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ImageException("Invalid JSON object given");
            }

            return new NodeOptions(NodeValues.Flatten(document.RootElement));
        }
    }
}
