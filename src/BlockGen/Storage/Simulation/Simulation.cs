using System.Globalization;

namespace BlockGen;

/// <summary>A slow or failing storage, described in a line of text.</summary>
public static class Simulation
{
    private const string KnownKeys =
        "latency, read-latency, write-latency, flush-latency, bandwidth, "
        + "error-rate, error, error-after, seed, hang-after";

    /// <summary>
    /// Reads a description such as <c>latency=20ms,bandwidth=100M,error-rate=0.01,seed=7</c>: times in <c>us</c>,
    /// <c>ms</c> or <c>s</c>, the bandwidth in bytes a second, <c>error</c> as <c>eio</c> or <c>enospc</c>,
    /// <c>error-after</c> and <c>hang-after</c> as the number of requests that still work.
    /// </summary>
    /// <returns>What puts the simulation in front of a storage.</returns>
    /// <exception cref="FormatException">An unknown key, or a value that its key does not take.</exception>
    public static Func<IStorage, IStorage> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        LatencyOptions latency = new();
        FaultSettings faults = new();
        const StringSplitOptions split = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (string setting in text.Split(',', split))
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? setting : setting[..equals];
            string value = equals < 0 ? "" : setting[(equals + 1)..];
            switch (key)
            {
                case "latency":
                    TimeSpan all = Time(key, value);
                    latency = latency with { Read = all, Write = all, Flush = all };
                    break;
                case "read-latency":
                    latency = latency with { Read = Time(key, value) };
                    break;
                case "write-latency":
                    latency = latency with { Write = Time(key, value) };
                    break;
                case "flush-latency":
                    latency = latency with { Flush = Time(key, value) };
                    break;
                case "bandwidth":
                    latency = latency with { BytesPerSecond = Bandwidth(key, value) };
                    break;
                case "error-rate":
                    faults = faults with { Rate = Probability(key, value) };
                    break;
                case "error":
                    faults = faults with { Error = ErrorKind(key, value) };
                    break;
                case "error-after":
                    faults = faults with { ErrorAfter = Count(key, value) };
                    break;
                case "seed":
                    faults = faults with { Seed = Seed(key, value) };
                    break;
                case "hang-after":
                    faults = faults with { HangAfter = Count(key, value) };
                    break;
                default:
                    throw new FormatException($"Unknown simulation setting '{key}'; known are {KnownKeys}.");
            }
        }

        return storage => Wrap(storage, latency, faults);
    }

    private static IStorage Wrap(IStorage storage, LatencyOptions latency, FaultSettings faults)
    {
        if (faults.ToRule() is { } rule)
        {
            storage = new FaultStorage(storage, rule);
        }

        return latency == new LatencyOptions() ? storage : new LatencyStorage(storage, latency);
    }

    private static TimeSpan Time(string key, string value)
    {
        (string suffix, double unitSeconds)[] units = [("us", 1e-6), ("ms", 1e-3), ("s", 1)];
        foreach ((string suffix, double unitSeconds) in units)
        {
            if (value.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(
                    value.AsSpan(0, value.Length - suffix.Length),
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out double number)
                && number * unitSeconds <= 3600)
            {
                return TimeSpan.FromSeconds(number * unitSeconds);
            }
        }

        throw Unusable(key, value, "a time of at most an hour such as 20ms, 150us or 1.5s");
    }

    private static ulong Bandwidth(string key, string value) =>
        SizeText.TryParse(value, out ulong bytes) && bytes > 0
            ? bytes
            : throw Unusable(key, value, "bytes a second such as 100M");

    private static double Probability(string key, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate)
        && rate is >= 0 and <= 1
            ? rate
            : throw Unusable(key, value, "a number from 0 to 1");

    private static Fault ErrorKind(string key, string value) => value switch
    {
        "eio" => Fault.InputOutput,
        "enospc" => Fault.NoSpace,
        _ => throw Unusable(key, value, "eio or enospc"),
    };

    private static ulong Count(string key, string value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong count)
            ? count
            : throw Unusable(key, value, "a number of requests");

    private static int Seed(string key, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed)
            ? seed
            : throw Unusable(key, value, "a whole number of 32 bits");

    private static FormatException Unusable(string key, string value, string expected) =>
        new($"Simulation setting {key} is '{value}'; expected {expected}.");

    private sealed record FaultSettings
    {
        public double Rate { get; init; }

        public Fault Error { get; init; } = Fault.InputOutput;

        public ulong? ErrorAfter { get; init; }

        public int Seed { get; init; }

        public ulong? HangAfter { get; init; }

        public FaultRule? ToRule()
        {
            List<FaultRule> rules = [];
            if (HangAfter is { } hangAfter)
            {
                rules.Add(FaultRules.After(hangAfter, Fault.Hang));
            }

            if (ErrorAfter is { } errorAfter)
            {
                rules.Add(FaultRules.After(errorAfter, Error));
            }

            if (Rate > 0)
            {
                rules.Add(FaultRules.Sometimes(Rate, Seed, Error));
            }

            return rules.Count == 0 ? null : FaultRules.FirstOf([.. rules]);
        }
    }
}
