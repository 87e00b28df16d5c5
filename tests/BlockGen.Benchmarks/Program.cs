using BenchmarkDotNet.Running;
using BlockGen.Benchmarks;

// Whole jobs print one number; everything else is BenchmarkDotNet's.
return args switch
{
    ["stream", string mebibytes, string milliseconds] => await StreamJobs.LatencyAsync(int.Parse(mebibytes), int.Parse(milliseconds)),
    ["stream-empty", string gibibytes] => await StreamJobs.EmptyAsync(ulong.Parse(gibibytes)),
    ["copy-on-read", string milliseconds] => await CopyOnReadJob.RunAsync(int.Parse(milliseconds)),
    ["cancel", string runs] => await CancelJob.RunAsync(int.Parse(runs)),
    ["scaling", "reads"] => await ScalingJob.RunAsync(areWrites: false),
    ["scaling", "writes"] => await ScalingJob.RunAsync(areWrites: true),
    ["generator", string drivers] => GeneratorJob.Run(int.Parse(drivers)),
    ["edited-document", string folder, string file] => await EditedDocumentJob.RunAsync(folder, file),
    ["analysis"] => await AnalysisJob.RunAsync(),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(HotPathBenchmarks).Assembly).Run(args);
    return 0;
}
