using BlockGen.Fuzz;

// --list prints the formats; --instrument FILE... prepares assemblies; --replay FORMAT FILE runs one saved case;
// FORMAT SECONDS [SEED] searches for cases.
return args switch
{
    ["--instrument", .. string[] assemblies] => Instrumentation.Apply(assemblies),
    ["--list"] => Jobs.List(),
    ["--replay", string format, string file] => Jobs.Replay(format, file),
    [string format, string seconds] => Jobs.Search(format, int.Parse(seconds), seed: 1),
    [string format, string seconds, string seed] => Jobs.Search(format, int.Parse(seconds), int.Parse(seed)),
    _ => Jobs.ShowUsage(),
};
