using System.Text.Json;

namespace BlockGen.Cli.Tests;

/// <summary><c>explain</c>, <c>formats</c> and the help.</summary>
public sealed class ExplainTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("0x000000     4  51 45 44 00              Magic")]
    [InlineData("0x000004     4  00 00 01 00              ClusterSize        65536")]
    [InlineData("power of two, 4096 to 67108864")]
    [InlineData("0x000030     8  00 00 20 00 00 00 00 00  ImageSize          2097152")]
    [InlineData("[0x10000, 0x50000)           256 KiB  root table")]
    [InlineData("  backing      b.qed\n")]
    public async Task Each_field_is_shown_with_its_place_bytes_value_and_rule(string part) =>
        Assert.Contains(part, await Ours.MustAsync(samples.MakeFolder(), "explain c.qed"), StringComparison.Ordinal);

    [Fact]
    public async Task The_picture_shows_every_layer()
    {
        string output = await Ours.MustAsync(samples.MakeFolder(), "explain c.qed");
        string picture = output[output.IndexOf("Allocation", StringComparison.Ordinal)..];
        Assert.Equal(
            """
            Allocation, 64 KiB a character, the top layer first
              c.qed (qed, 2 MiB)
                ········█·······················
              b.qed (qed, 1 MiB)
                ····█·······o···
              a.img (raw, 1 MiB)
                o██ooooooooooooo
              █ all data  ▓▒░ partly data  o zeroes  · nothing  (blank) past the layer's end
            """,
            string.Join('\n', picture.Split('\n').Select(line => line.TrimEnd())).TrimEnd());
    }

    [Fact]
    public async Task A_large_disk_fits_the_picture()
    {
        string folder = samples.MakeFolder();
        await Ours.MustAsync(folder, "create -f qed large.qed 3T");
        string output = await Ours.MustAsync(folder, "explain large.qed");
        Assert.Contains("Allocation, 32 GiB a character", output, StringComparison.Ordinal);
        Assert.Contains($"\n    {new string('·', 64)}\n    {new string('·', 32)}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_chain_is_explained_without_its_backing()
    {
        string folder = samples.MakeFolder();
        Assert.Equal(1, (await Ours.RunAsync(folder, "explain n.qed")).ExitCode);
        string output = await Ours.MustAsync(folder, "explain -u n.qed");
        Assert.Contains("backing      nope.img (declared: raw)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Formats_are_the_same_in_both_forms()
    {
        string folder = samples.MakeFolder();
        string human = await Ours.MustAsync(folder, "formats");
        using JsonDocument json = JsonDocument.Parse(await Ours.MustAsync(folder, "formats --output json"));
        Assert.Equal(
            ImageFiles.Formats.Formats.Select(format => format.Name),
            json.RootElement.EnumerateArray().Select(format => format.GetProperty("name").GetString()));
        foreach (JsonElement format in json.RootElement.EnumerateArray())
        {
            foreach (JsonElement option in format.GetProperty("options").EnumerateArray())
            {
                Assert.Contains($"  {option.GetProperty("name").GetString()}=", human, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("check", "-r")]
    [InlineData("commit", "-r <rate>")]
    [InlineData("compare", "--strict")]
    [InlineData("convert", "--target-is-zero")]
    [InlineData("create", "-b <backing_file>")]
    [InlineData("dd", "-O <fmt>")]
    [InlineData("explain", "-u")]
    [InlineData("formats", "--output")]
    [InlineData("info", "--backing-chain")]
    [InlineData("io", "--copy-on-read")]
    [InlineData("map", "--start-offset")]
    [InlineData("measure", "--size")]
    [InlineData("rebase", "-u")]
    [InlineData("resize", "--shrink")]
    [InlineData("stream", "--simulate")]
    [InlineData("tour", "--seed")]
    public async Task Help_lists_every_command_and_its_options(string command, string option)
    {
        string folder = samples.MakeFolder();
        Assert.Contains($"\n  {command} ", await Ours.MustAsync(folder, "--help"), StringComparison.Ordinal);
        Assert.Contains(option, await Ours.MustAsync(folder, $"{command} --help"), StringComparison.Ordinal);
    }
}
