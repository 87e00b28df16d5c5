namespace BlockGen.Cli.Tests;

/// <summary>What the tool does when the system does less than it was asked for.</summary>
public sealed class FaultyCallTests(FaultyCalls faulty, Samples samples)
    : IClassFixture<FaultyCalls>, IClassFixture<Samples>
{
    private const int InputOutput = 5; // EIO
    private const int NoSpace = 28; // ENOSPC
    private const int LeaksOnly = 3;

    private static readonly Dictionary<int, string> Messages = new()
    {
        [InputOutput] = "Input/output error",
        [NoSpace] = "No space left on device",
    };

    [Theory]
    [InlineData("written.qed", "qed", "vdi", "")]
    [InlineData("written.qed", "qed", "raw", "-t none -T none")]
    [InlineData("v.vdi", "vdi", "parallels", "")]
    [InlineData("p.prl", "parallels", "qed", "")]
    [InlineData("p.prl", "parallels", "qed", "-t none -T none")]
    [InlineData("longer.img", "raw", "raw", "")]
    public void Calls_that_are_interrupted_and_cut_short_are_done_to_their_end(
        string source, string from, string to, string options)
    {
        string folder = samples.MakeFolder();
        int unitBytes = options.Length == 0 ? 1 : 4096;
        string line = $"convert {options} -f {from} -O {to} {source} copy";
        ExpectDone(faulty.RunInterrupted(folder, source, unitBytes, line));
        Peer.Must(folder, $"compare -f {from} -F {to} {source} copy");
        File.Delete(Path.Combine(folder, "copy"));
        ExpectDone(faulty.RunInterrupted(folder, "copy", unitBytes, line));
        Peer.Must(folder, $"compare -f {from} -F {to} {source} copy");
    }

    [Theory]
    [InlineData("written.qed", "qed", InputOutput)]
    [InlineData("written.qed", "qed", NoSpace)]
    [InlineData("v.vdi", "vdi", InputOutput)]
    [InlineData("p.prl", "parallels", NoSpace)]
    public async Task A_call_that_fails_is_reported_and_costs_nothing_that_was_acknowledged(
        string file, string format, int error)
    {
        string before = samples.MakeFolder();
        Peer.Must(before, $"io -f {format} -c 'write -P 9 2M 128k' -c flush {file}");
        string line = $"io -f {format} -c 'write -P 1 60k 200k' -c flush -c 'write -P 2 3M 10k' "
            + $"-c 'write -z 100k 64k' -c 'discard 3M 64k' -c flush {file}";
        string folder = samples.MakeFolder();
        int failureCount = 0;
        for (int call = 1; ; call++)
        {
            File.Copy(Path.Combine(before, file), Path.Combine(folder, file), overwrite: true);
            if (faulty.RunFailing(folder, file, call, error, line) is not { } result)
            {
                break;
            }

            string said = $"call {call}: exit code {result.ExitCode}: {result.Output}{result.Errors}";
            CommandResult check = await Ours.RunAsync(folder, $"check -f {format} {file}");
            Assert.True(check.ExitCode is 0 or LeaksOnly, $"{said}{check.Output}{check.Errors}");
            Peer.Must(folder, $"io -f {format} -r -c 'read -P 9 2M 128k' {file}");
            if (result.ExitCode == 0)
            {
                Peer.Must(folder, $"io -f {format} -r -c 'read -P 1 60k 40k' -c 'read -P 0 100k 64k' {file}");
                continue;
            }

            failureCount++;
            Assert.Contains(Messages[error], result.Output + result.Errors, StringComparison.Ordinal);
        }

        Assert.True(failureCount > 5, $"only {failureCount} calls failed");
    }

    private static void ExpectDone(CommandResult result) =>
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}: {result.Errors}{result.Output}");
}
