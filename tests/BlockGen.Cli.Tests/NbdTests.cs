namespace BlockGen.Cli.Tests;

/// <summary><c>blockgen nbd</c> beside qemu-nbd, and NBD names in other commands.</summary>
public sealed class NbdTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("")]
    [InlineData("a.img b.qed")]
    [InlineData("-k relative.sock a.img")]
    [InlineData("nope")]
    [InlineData("-p x a.img")]
    [InlineData("-e x a.img")]
    [InlineData("-e -1 a.img")]
    [InlineData("--cache=foo a.img")]
    [InlineData("--discard=foo a.img")]
    [InlineData("--aio=foo a.img")]
    [InlineData("--detect-zeroes=foo a.img")]
    [InlineData("--detect-zeroes=unmap -f raw a.img")]
    [InlineData("-o x a.img")]
    [InlineData("--tls-creds=t0 -f raw a.img")]
    [InlineData("--image-opts -f raw x")]
    [InlineData("-L a.img")]
    [InlineData("--wrong")]
    [InlineData("-k")]
    [InlineData("-f foo a.img")]
    public async Task Misuse_is_told_the_same(string line)
    {
        CommandResult expected = Peer.Run(samples.MakeFolder(), "qemu-nbd", CommandText.Split(line));
        CommandResult actual = await Ours.RunAsAsync(ToolName.QemuNbd, samples.MakeFolder(), line);
        Assert.Equal((expected.Errors, expected.ExitCode), (actual.Errors, actual.ExitCode));
    }

    /// <summary>Our server, until its last client leaves; QEMU's tool lists and reads it.</summary>
    [Fact]
    public async Task An_image_is_served_until_the_last_client_leaves()
    {
        string folder = samples.MakeFolder();
        string socket = Path.Combine(folder, "s");
        Task<CommandResult> serving = Task.Run(() => Ours.RunAsAsync(
            ToolName.QemuNbd, folder, $"-k {socket} -x disk -D text -A -e 2 -r -f qed {folder}/c.qed"));
        await WaitForAsync(socket);
        CommandResult listed = Peer.Run(folder, "qemu-nbd", ["-L", "-k", socket]);
        Assert.Contains("   qemu:allocation-depth\n", listed.Output, StringComparison.Ordinal);
        CommandResult compared = Peer.Run(
            folder,
            "qemu-img",
            ["compare", "-U", "-f", "raw", "-F", "raw", $"nbd+unix:///disk?socket={socket}", $"{folder}/c.raw"]);
        Assert.Equal((0, "Images are identical.\n"), (compared.ExitCode, compared.Output));
        CommandResult served = await serving.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(("", "", 0), (served.Output, served.Errors, served.ExitCode));
        Assert.False(File.Exists(socket));
    }

    [Theory]
    [InlineData("info nbd+unix:///?socket=s")]
    [InlineData("info --output=json nbd:unix:s")]
    [InlineData("info nbd+unix:///nope?socket=s")]
    [InlineData("map -f raw nbd+unix:///?socket=s")]
    [InlineData("convert -f raw -O qcow2 nbd+unix:///?socket=s out.qcow2")]
    [InlineData("io -f raw -c 'read -P 1 64k 64k' -c 'write -P 5 0 4k' -c 'read -P 5 0 4k' nbd+unix:///?socket=s")]
    [InlineData("info 'json:{\"driver\":\"raw\",\"file\":{\"driver\":\"nbd\",\"path\":\"s\"}}'")]
    [InlineData("info nbd+unix:///x")]
    [InlineData("info nbd://127.0.0.1:1/x")]
    public async Task Nbd_names_do_the_same_as_in_qemus_tools(string line)
    {
        string folder = samples.MakeFolder();
        Serve(folder);
        CommandResult expected = Peer.Run(folder, line).Normalized;
        StopServing(folder);
        Serve(folder);
        CommandResult actual = (await Ours.RunAsync(folder, line)).Normalized;
        StopServing(folder);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task The_list_is_the_one_that_qemu_nbd_prints()
    {
        string folder = samples.MakeFolder();
        Serve(folder);
        string line = $"-L -k {folder}/s";
        CommandResult expected = Peer.Run(folder, "qemu-nbd", CommandText.Split(line));
        CommandResult actual = await Ours.RunAsAsync(ToolName.QemuNbd, folder, line);
        StopServing(folder);
        Assert.Equal(expected, actual);
    }

    private static void Serve(string folder)
    {
        string[] args = ["-t", "-e", "8", "-f", "raw", "-k", $"{folder}/s", "--fork", "--pid-file", "pid", "a.img"];
        CommandResult started = Peer.Run(folder, "qemu-nbd", args);
        Assert.True(started.ExitCode == 0, started.Errors);
    }

    private static void StopServing(string folder)
    {
        using System.Diagnostics.Process server = System.Diagnostics.Process.GetProcessById(
            int.Parse(File.ReadAllText(Path.Combine(folder, "pid")).Trim()));
        server.Kill();
        server.WaitForExit();
    }

    private static async Task WaitForAsync(string path)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!File.Exists(path))
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
