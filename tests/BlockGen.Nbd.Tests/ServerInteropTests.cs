namespace BlockGen.Nbd.Tests;

/// <summary>libnbd's programs and fio against our server, and what QEMU's server says of the same image.</summary>
public sealed class ServerInteropTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("base:allocation")]
    [InlineData("qemu:allocation-depth")]
    public async Task The_map_is_the_one_that_qemu_nbd_gives(string context)
    {
        string below = _folder["base.raw"];
        string path = _folder["top.qcow2"];
        await Peer.MustAsync("qemu-img", "create", "-q", "-f", "raw", below, "8M");
        await Peer.MustAsync("qemu-io", "-f", "raw", "-c", "write -P 1 1M 2M", below);
        await Peer.MustAsync("qemu-img", "create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", path);
        await Peer.MustAsync("qemu-io", "-f", "qcow2", "-c", "write -P 2 2M 128k", "-c", "write -z 5M 1M", path);
        string expected;
        await using (PeerServer server = await PeerServer.QemuNbdAsync("qcow2", path, "-r", "-A"))
        {
            expected = await Peer.MustAsync("nbdinfo", $"--map={context}", server.Uri);
        }

        await using ServedImage served = await ServedImage.OpenAsync(
            path, "qcow2", image => new NbdExport("", image) { HasAllocationDepth = true });
        Assert.Equal(expected, await Peer.MustAsync("nbdinfo", $"--map={context}", served.Uri));
    }

    [Fact]
    public async Task Nbdcopy_copies_in_and_out()
    {
        string source = _folder["source"];
        byte[] bytes = new byte[16 << 20];
        new Random(5).NextBytes(bytes.AsSpan(3 << 20, 6 << 20));
        await File.WriteAllBytesAsync(source, bytes);
        await using ServedImage served = await ServedImage.CreateAsync(_folder["disk"], bytes.Length);
        await Peer.MustAsync("nbdcopy", "--flush", source, served.Uri);
        await Peer.MustAsync("nbdcopy", served.Uri, _folder["back"]);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder["back"]));
    }

    [Fact]
    public async Task Fio_verifies_what_it_wrote()
    {
        await using ServedImage served = await ServedImage.CreateAsync(_folder["disk"], 16 << 20);
        await Peer.MustAsync(
            "fio", "--name=verify", "--ioengine=nbd", $"--uri={served.Uri}", "--rw=randrw", "--bsrange=512-128k",
            "--iodepth=16", "--size=16M", "--verify=crc32c", "--verify_fatal=1", "--verify_state_save=0",
            "--randseed=1", $"--aux-path={_folder.Root}");
    }

    [Fact]
    public async Task Nbdsh_gets_the_answers_of_the_protocol()
    {
        await using ServedImage served = await ServedImage.CreateAsync(_folder["disk"], 1 << 20);
        string output = await Peer.ShellAsync(served.Uri, """
            h.set_strict_mode(0)
            def error(call):
                try:
                    call()
                    return "none"
                except nbd.Error as problem:
                    return problem.errno
            print(error(lambda: h.pwrite(b"x" * 512, 1 << 20)))
            print(error(lambda: h.pread(512, 1 << 20)))
            print(error(lambda: h.trim(512, 1 << 20)))
            print(error(lambda: h.zero(512, 0, nbd.CMD_FLAG_FAST_ZERO)))
            print(error(lambda: h.pread(512, 0, flags=1 << 14)))
            print(error(lambda: h.pread(33 << 20, 0)))
            h.pwrite(b"y" * 512, 0, nbd.CMD_FLAG_FUA)
            h.cache(4096, 0)
            h.flush()
            print(h.pread(3, 510))
            """);
        Assert.Equal(["ENOSPC", "EINVAL", "EINVAL", "ENOTSUP", "EINVAL"], output.Split('\n')[..5]);
        Assert.EndsWith("yy\\x00')", output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_export_stays_as_it_is()
    {
        await using ServedImage served = await ServedImage.CreateAsync(
            _folder["disk"], 1 << 20, image => new NbdExport("", image) { IsWritable = false });
        string output = await Peer.ShellAsync(served.Uri, """
            h.set_strict_mode(0)
            print(h.is_read_only())
            try:
                h.pwrite(b"x" * 512, 0)
            except nbd.Error as problem:
                print(problem.errno)
            """);
        Assert.Equal("True\nEPERM", output.Trim());
    }

    [Fact]
    public async Task Exports_come_and_go_while_clients_are_there()
    {
        await using ServedImage served = await ServedImage.CreateAsync(_folder["disk"], 1 << 20);
        served.Server.Add(new NbdExport("second", served.Image) { Description = "another" });
        await using NbdStorage storage = await NbdStorage.ConnectAsync(
            NbdAddress.Parse(served.UriOf("second")),
            new NbdStorageOptions { MostConnections = 1, ReconnectTime = TimeSpan.Zero },
            CancellationToken.None);
        IReadOnlyList<NbdListedExport> listed = await NbdStorage.ListAsync(
            storage.Address, new NbdStorageOptions(), CancellationToken.None);
        Assert.Equal([("", ""), ("second", "another")], listed.Select(export => (export.Name, export.Description)));
        Assert.All(listed, export => Assert.Equal(1UL << 20, export.Length));
        Assert.Equal(1, served.Server.Find("second")!.ConnectionCount);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => served.Server.RemoveAsync("second", NbdRemoval.WhenUnused, CancellationToken.None).AsTask());
        await served.Server.RemoveAsync("second", NbdRemoval.Disconnect, CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(
            () => storage.ReadAsync(new HostOffset(0), new byte[512], CancellationToken.None).AsTask());
        Assert.Equal([""], served.Server.Exports.Select(export => export.Name));
    }

    [Fact]
    public async Task The_socket_is_its_owners_alone()
    {
        await using ServedImage served = await ServedImage.CreateAsync(_folder["disk"], 1 << 20);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(served.Socket));
    }
}
