using System.Text.Json;

namespace BlockGen.Nbd.Tests;

/// <summary>Real clients against our server.</summary>
public sealed class ClientInteropTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nbdinfo_sees_what_is_offered()
    {
        await using ServedImage served = await ServedImage.CreateAsync(
            _folder["a.raw"], 1 << 20, image => new NbdExport("disk", image) { Description = "a disk" });
        string text = await Peer.MustAsync("nbdinfo", "--json", served.UriOf("disk"));
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement export = document.RootElement.GetProperty("exports")[0];
        Assert.Equal("disk", export.GetProperty("export-name").GetString());
        Assert.Equal("a disk", export.GetProperty("description").GetString());
        Assert.Equal(1 << 20, export.GetProperty("export-size").GetInt64());
        Assert.Equal("base:allocation", export.GetProperty("contexts")[0].GetString());
        Assert.True(export.GetProperty("can_multi_conn").GetBoolean());
        Assert.True(export.GetProperty("can_df").GetBoolean());
        Assert.True(export.GetProperty("can_fast_zero").GetBoolean());
        Assert.False(export.GetProperty("is_read_only").GetBoolean());
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("qed")]
    [InlineData("qcow2")]
    public async Task Qemu_io_reads_back_what_it_wrote(string format)
    {
        string path = _folder[$"a.{format}"];
        await Peer.MustAsync("qemu-img", "create", "-q", "-f", format, path, "64M");
        await using (ServedImage served = await ServedImage.OpenAsync(path, format))
        {
            string output = await Peer.MustAsync(
                "qemu-io", "-f", "raw",
                "-c", "write -P 1 0 1M", "-c", "write -P 2 1000 5000", "-c", "write -z 64k 64k", "-c", "discard 1M 1M",
                "-c", "aio_write -P 3 8M 4M", "-c", "aio_write -P 4 20M 1M", "-c", "aio_flush",
                "-c", "write -f -P 5 63M 1M",
                "-c", "read -P 2 1000 5000", "-c", "read -P 0 64k 64k", "-c", "read -P 3 8M 4M",
                "-c", "read -P 5 63M 1M", "-c", "flush", served.Uri);
            Assert.DoesNotContain("Pattern verification failed", output, StringComparison.Ordinal);
        }

        string after = await Peer.MustAsync(
            "qemu-io", "-f", format,
            "-c", "read -P 2 1000 5000", "-c", "read -P 3 8M 4M", "-c", "read -P 4 20M 1M", path);
        Assert.DoesNotContain("Pattern verification failed", after, StringComparison.Ordinal);
    }
}
