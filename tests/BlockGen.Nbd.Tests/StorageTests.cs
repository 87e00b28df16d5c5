namespace BlockGen.Nbd.Tests;

/// <summary>Our client against other people's servers, and against ours.</summary>
public sealed class StorageTests : IDisposable
{
    private const int DiskBytes = 8 << 20;

    // A machine that is busy with other tests lets nobody wait for less.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("memory", "8M")]
    [InlineData("memory", "8M", "--filter=noextents")]
    [InlineData("memory", "8M", "--filter=nozero")]
    [InlineData("memory", "8M", "--filter=blocksize-policy", "blocksize-minimum=512", "blocksize-error-policy=error")]
    [InlineData("memory", "8M", "--filter=delay", "rdelay=1ms", "wdelay=1ms")]
    public async Task Nbdkit_keeps_what_is_written(params string[] args)
    {
        await using PeerServer server = await PeerServer.NbdkitAsync(args);
        await using NbdStorage storage = await ConnectAsync(server.Address);
        await StorageModel.CheckAsync(storage, DiskBytes, seed: 1, requestCount: 200);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("qcow2")]
    public async Task Qemu_nbd_keeps_what_is_written(string format)
    {
        string path = _folder["disk"];
        await Peer.MustAsync("qemu-img", "create", "-q", "-f", format, path, $"{DiskBytes}");
        await using PeerServer server = await PeerServer.QemuNbdAsync(format, path);
        await using NbdStorage storage = await ConnectAsync(server.Address);
        await StorageModel.CheckAsync(storage, DiskBytes, seed: 2, requestCount: 200);
    }

    /// <summary>The only server with extended headers here is ours.</summary>
    [Fact]
    public async Task Our_server_keeps_what_is_written()
    {
        await using ServedImage served = await ServedImage.CreateAsync(_folder["disk"], DiskBytes);
        await using NbdStorage storage = await ConnectAsync(NbdAddress.Parse(served.Uri));
        await StorageModel.CheckAsync(storage, DiskBytes, seed: 3, requestCount: 400);
    }

    [Fact]
    public async Task Holes_are_seen()
    {
        string path = _folder["disk"];
        await Peer.MustAsync("qemu-img", "create", "-q", "-f", "qcow2", path, "64M");
        await Peer.MustAsync("qemu-io", "-f", "qcow2", "-c", "write -P 1 1M 64k", "-c", "write -P 1 8M 1M", path);
        await using PeerServer server = await PeerServer.QemuNbdAsync("qcow2", path);
        await using NbdStorage storage = await ConnectAsync(server.Address);
        List<(ulong, bool)> runs = [];
        for (ulong at = 0; at < storage.Length;)
        {
            StorageExtent run = await storage.MapAsync(
                new HostRange(at, storage.Length - at), CancellationToken.None);
            runs.Add((run.Length >> 10, run.IsHole));
            at += run.Length;
        }

        Assert.Equal([(1024, true), (64, false), (7168 - 64, true), (1024, false), (56320, true)], runs);
    }

    [Fact]
    public async Task A_server_that_comes_back_is_asked_again()
    {
        string path = _folder["disk"];
        await Peer.MustAsync("qemu-img", "create", "-q", "-f", "raw", path, $"{DiskBytes}");
        await using PeerServer server = await PeerServer.NbdkitAsync("file", path);
        await using NbdStorage storage = await ConnectAsync(server.Address);
        byte[] written = [.. Enumerable.Repeat((byte)7, 5000)];
        await storage.WriteAsync(new HostOffset(1000), written, CancellationToken.None);
        server.Kill();
        byte[] read = new byte[5000];
        Task reading = storage.ReadAsync(new HostOffset(1000), read, CancellationToken.None).AsTask();
        Task writing = storage.WriteAsync(new HostOffset(9000), written, CancellationToken.None).AsTask();
        await server.RestartAsync();
        await Task.WhenAll(reading, writing);
        Assert.Equal(written, read);
        await storage.ReadAsync(new HostOffset(9000), read, CancellationToken.None);
        Assert.Equal(written, read);
    }

    [Fact]
    public async Task A_server_that_stays_away_fails_requests()
    {
        await using PeerServer server = await PeerServer.NbdkitAsync("memory", "8M");
        await using NbdStorage storage = await NbdStorage.ConnectAsync(
            server.Address,
            new NbdStorageOptions { ConnectTime = Patience, ReconnectTime = TimeSpan.FromMilliseconds(50) },
            CancellationToken.None);
        server.Kill();
        IOException failure = await Assert.ThrowsAsync<IOException>(
            () => storage.ReadAsync(new HostOffset(0), new byte[512], CancellationToken.None).AsTask());
        Assert.Contains("connection is lost", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_the_server_are_those_of_a_disk()
    {
        await using PeerServer server = await PeerServer.NbdkitAsync(
            "--filter=error", "memory", "8M", "error-pwrite=ENOSPC", "error-pwrite-rate=100%");
        await using NbdStorage storage = await ConnectAsync(server.Address);
        IOException failure = await Assert.ThrowsAsync<IOException>(
            () => storage.WriteAsync(new HostOffset(0), new byte[512], CancellationToken.None).AsTask());
        Assert.True(StorageErrors.IsNoSpace(failure), failure.Message);
        await storage.ReadAsync(new HostOffset(0), new byte[512], CancellationToken.None);
    }

    [Fact]
    public async Task Cancelling_does_not_wait_for_the_server()
    {
        await using PeerServer server = await PeerServer.NbdkitAsync(
            "--filter=delay", "memory", "8M", "rdelay=60");
        await using NbdStorage storage = await ConnectAsync(server.Address);
        using CancellationTokenSource cancellation = new();
        Task reading = storage.ReadAsync(new HostOffset(0), new byte[512], cancellation.Token).AsTask();
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience / 2));
    }

    private static async Task<NbdStorage> ConnectAsync(NbdAddress address) => await NbdStorage.ConnectAsync(
        address,
        new NbdStorageOptions { ConnectTime = Patience, ReconnectTime = Patience },
        CancellationToken.None);
}
