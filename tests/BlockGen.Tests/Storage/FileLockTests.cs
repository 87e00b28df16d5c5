namespace BlockGen.Tests.Storage;

/// <summary>Nobody writes to an image that somebody else uses: neither this library nor QEMU's tools.</summary>
public sealed class FileLockTests : IDisposable
{
    private static readonly FileStorageOptions ReadOnly = new() { ReadOnly = true };

    private readonly TemporaryFolder _folder = new();

    private string Image => _folder.PathOf("image");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_writer_is_refused_until_the_first_one_closes()
    {
        await using (FileStorage.Create(Image))
        {
            IOException error = Assert.Throws<IOException>(() => FileStorage.Open(Image));
            Assert.Equal($"{Image}: Failed to get \"write\" lock; is another process using the image?", error.Message);
        }

        await using FileStorage next = FileStorage.Open(Image);
        Assert.False(next.IsReadOnly);
    }

    [Fact]
    public async Task Readers_share_and_exclude_a_writer()
    {
        await File.WriteAllBytesAsync(Image, new byte[512]);
        await using FileStorage first = FileStorage.Open(Image, ReadOnly);
        await using FileStorage second = FileStorage.Open(Image, ReadOnly);

        IOException error = Assert.Throws<IOException>(() => FileStorage.Open(Image));

        Assert.Contains("Failed to get \"write\" lock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_excludes_a_reader_unless_it_ignores_locks()
    {
        await using FileStorage writer = FileStorage.Create(Image);

        IOException error = Assert.Throws<IOException>(() => FileStorage.Open(Image, ReadOnly));
        await using FileStorage careless = FileStorage.Open(Image, ReadOnly with { Lock = false });

        Assert.Contains("Failed to get shared \"write\" lock", error.Message, StringComparison.Ordinal);
        Assert.True(careless.IsReadOnly);
    }

    [Fact]
    public async Task Creating_over_an_image_in_use_leaves_it_as_it_is()
    {
        await File.WriteAllBytesAsync(Image, [1, 2, 3]);
        await using (FileStorage.Open(Image, ReadOnly))
        {
            Assert.Throws<IOException>(() => FileStorage.Create(Image));
        }

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Qemu_is_refused_what_this_library_writes_to()
    {
        await MakeQcow2Async();
        await using (FileStorage.Open(Image))
        {
            (int exitCode, string output) = await WriteWithQemuAsync();
            Assert.NotEqual(0, exitCode);
            Assert.Contains("Failed to get \"write\" lock", output, StringComparison.Ordinal);

            (exitCode, output) = await QemuTool.RunAsync("qemu-img", "info", Image);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("Failed to get shared \"write\" lock", output, StringComparison.Ordinal);
        }

        (int codeAfter, string outputAfter) = await WriteWithQemuAsync();
        Assert.True(codeAfter == 0, outputAfter);
    }

    [Fact]
    public async Task Qemu_may_read_but_not_write_what_this_library_reads()
    {
        await MakeQcow2Async();
        await using FileStorage reader = FileStorage.Open(Image, ReadOnly);

        (int readCode, string readOutput) = await QemuTool.RunAsync("qemu-img", "info", Image);
        (int writeCode, string writeOutput) = await WriteWithQemuAsync();

        Assert.True(readCode == 0, readOutput);
        Assert.NotEqual(0, writeCode);
        Assert.Contains("Failed to get \"write\" lock", writeOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_qemu_writes_to_is_refused_here()
    {
        await MakeQcow2Async();
        await using QemuIoHolder holder = await QemuIoHolder.OpenAsync("-f", "qcow2", Image);

        IOException asWriter = Assert.Throws<IOException>(() => FileStorage.Open(Image));
        IOException asReader = Assert.Throws<IOException>(() => FileStorage.Open(Image, ReadOnly));

        Assert.Contains("Failed to get \"write\" lock", asWriter.Message, StringComparison.Ordinal);
        Assert.Contains("Failed to get shared \"write\" lock", asReader.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_qemu_reads_may_be_read_but_not_written_here()
    {
        await MakeQcow2Async();
        await using QemuIoHolder holder = await QemuIoHolder.OpenAsync("-r", "-f", "qcow2", Image);

        IOException error = Assert.Throws<IOException>(() => FileStorage.Open(Image));
        await using FileStorage reader = FileStorage.Open(Image, ReadOnly);

        Assert.Contains("Failed to get \"write\" lock", error.Message, StringComparison.Ordinal);
        Assert.True(reader.Length > 0);
    }

    private Task<(int ExitCode, string Output)> WriteWithQemuAsync() =>
        QemuTool.RunAsync("qemu-io", "-f", "qcow2", "-c", "write 0 4k", Image);

    private async Task MakeQcow2Async()
    {
        (int exitCode, string output) = await QemuTool.RunAsync("qemu-img", "create", "-f", "qcow2", Image, "1M");
        Assert.True(exitCode == 0, output);
    }
}
