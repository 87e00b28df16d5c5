using System.Globalization;

namespace BlockGen.Cli;

/// <summary>The options of a <c>throttle-group</c> object: <c>x-bps-total</c>, <c>limits.bps-total</c>.</summary>
internal static class ThrottleGroupText
{
    private static readonly string[] Prefixes = ["x-", "limits."];

    // How long a burst may last does not matter to the average, which is what the group keeps to.
    private static readonly string[] BurstSuffixes = ["-max", "-max-length"];

    /// <summary>The group; what is wrong with the options is an <see cref="OptionException"/>.</summary>
    public static ThrottleGroup Read(Dictionary<string, string> values)
    {
        ThrottleLimits limits = new();
        foreach ((string option, string text) in values)
        {
            string name = Prefixes.Where(prefix => option.StartsWith(prefix, StringComparison.Ordinal))
                .Select(prefix => option[prefix.Length..]).FirstOrDefault("");
            if (BurstSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)))
            {
                throw new OptionException($"Throttle groups with bursts ('{option}') are not supported");
            }

            ulong value = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
                ? number
                : throw new OptionException($"Parameter '{option}' expects a number");
            limits = name switch
            {
                "bps-total" => limits with { BytesPerSecond = value },
                "bps-read" => limits with { ReadBytesPerSecond = value },
                "bps-write" => limits with { WriteBytesPerSecond = value },
                "iops-total" => limits with { RequestsPerSecond = value },
                "iops-read" => limits with { ReadsPerSecond = value },
                "iops-write" => limits with { WritesPerSecond = value },
                _ => throw new OptionException($"Parameter '{option}' is unexpected"),
            };
        }

        return new ThrottleGroup(limits);
    }
}
