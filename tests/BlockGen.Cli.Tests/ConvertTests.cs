namespace BlockGen.Cli.Tests;

/// <summary>
/// What <c>create</c> and <c>convert</c> make: sound to QEMU's tools, and with the content it must have.
/// </summary>
public sealed class ConvertTests(Samples samples) : IClassFixture<Samples>
{
    [Theory]
    [InlineData("-O raw c.qed x", "raw")]
    [InlineData("-O raw -S 0 c.qed x", "raw")]
    [InlineData("-O raw -C a.img x", "raw")]
    [InlineData("-O raw -t none c.qed x", "raw")]
    [InlineData("-O qed c.qed x", "qed")]
    [InlineData("-O qed -o cluster_size=4k,table_size=2 -m 16 -W c.qed x", "qed")]
    [InlineData("-O qed -B b.qed -F qed c.qed x", "qed")]
    [InlineData("-O vdi c.qed x", "vdi")]
    [InlineData("-O parallels c.qed x", "parallels")]
    [InlineData("-O parallels -o cluster_size=4k a.img x", "parallels")]
    [InlineData("-O raw p.prl x", "raw")]
    [InlineData("-O vdi -o static=on v.vdi x", "vdi")]
    [InlineData("-O raw v.vdi x", "raw")]
    public async Task The_copy_is_equal(string options, string format)
    {
        string folder = samples.MakeFolder();
        await Ours.MustAsync(folder, $"convert {options}");
        string source = options.Split(' ')[^2];
        Peer.Must(folder, $"compare -F {format} {source} x");
        if (format != "raw")
        {
            Peer.Must(folder, $"check -f {format} x");
        }
    }

    [Theory]
    [InlineData("-O raw a.img c.qed v.vdi x")]
    [InlineData("-O raw -C a.img c.qed v.vdi x")]
    [InlineData("-O raw -S 0 odd.img c.qed a.img x")]
    [InlineData("-O qed odd.img v.vdi b.qed x")]
    [InlineData("-O vdi c.qed odd.img x")]
    public async Task Several_sources_become_one(string options)
    {
        string folder = samples.MakeFolder();
        File.WriteAllText(Path.Combine(folder, "odd.img"), "odd");
        await Ours.MustAsync(folder, $"convert {options}");
        Peer.Must(folder, $"convert {options[..^1]}y");
        Peer.Must(folder, "compare x y");
    }

    [Theory]
    [InlineData("b.qed", "qed")]
    [InlineData("a.img", "raw")]
    public async Task What_the_sources_backing_file_shows_is_not_copied(string backing, string format)
    {
        string folder = samples.MakeFolder();
        await Ours.MustAsync(folder, $"convert -O qed -B {backing} -F {format} c.qed x.qed");
        Peer.Must(folder, "compare x.qed c.raw");
        Peer.Must(folder, "check x.qed");
        Assert.Contains("\"start\": 65536, \"length\": 131072, \"depth\": " + (format == "raw" ? 1 : 2),
            Peer.Must(folder, "map --output=json x.qed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_backing_file_hides_nothing_of_the_source()
    {
        string folder = samples.MakeFolder();
        await Ours.MustAsync(folder, "convert -O qed -B longer.img -F raw c.qed x.qed");
        Peer.Must(folder, "compare x.qed c.raw");
    }

    [Theory]
    [InlineData("bs=100k skip=3 if=c.qed")]
    [InlineData("bs=1000 count=77 skip=5 if=a.img")]
    [InlineData("-O vdi bs=64k skip=1 if=c.qed")]
    public async Task A_run_of_a_disk_is_the_same_as_QEMUs(string options)
    {
        string folder = samples.MakeFolder();
        await Ours.MustAsync(folder, $"dd {options} of=x");
        Peer.Must(folder, $"dd {options} of=y");
        Peer.Must(folder, "compare -f " + (options.Contains("vdi", StringComparison.Ordinal) ? "vdi" : "raw") + " x y");
    }

    [Fact]
    public async Task An_existing_target_reads_as_the_source_everywhere()
    {
        string folder = samples.MakeFolder();
        Peer.Must(folder, "io -f raw -c 'write -P 0x77 0 3M' long.img");
        await Ours.MustAsync(folder, "convert -n -O raw c.qed long.img");
        Assert.Equal(
            "Warning: Image size mismatch!\nImages are identical.\n",
            Peer.Must(folder, "compare -F raw c.qed long.img"));
    }

    [Fact]
    public async Task Holes_stay_holes()
    {
        string folder = samples.MakeFolder();
        await Ours.MustAsync(folder, "convert -O raw c.qed x");
        Assert.Equal(
            Peer.Must(folder, "map --output=json c.raw"), Peer.Must(folder, "map --output=json -f raw x"));
    }

    [Fact]
    public async Task Progress_ends_at_a_hundred()
    {
        string output = await Ours.MustAsync(samples.MakeFolder(), "convert -p -O raw c.qed x");
        Assert.StartsWith("    (0.00/100%)\r", output, StringComparison.Ordinal);
        Assert.EndsWith("    (100.00/100%)\r\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qed", "x.qed 10M")]
    [InlineData("qed", "-b c.qed -F qed x.qed")]
    [InlineData("qed", "-o cluster_size=1M,table_size=16 x.qed 1T")]
    [InlineData("vdi", "x.vdi 10M")]
    [InlineData("parallels", "x.parallels 10M")]
    public async Task A_new_image_is_sound_and_has_the_size_it_was_given(string format, string rest)
    {
        string ours = samples.MakeFolder();
        string theirs = samples.MakeFolder();
        await Ours.MustAsync(ours, $"create -f {format} {rest}");
        Peer.Must(theirs, $"create -f {format} {rest}");
        string file = $"x.{format}";
        Peer.Must(ours, $"check {file}");
        Assert.Equal(Peer.Must(theirs, $"map --output=json {file}"), Peer.Must(ours, $"map --output=json {file}"));
        Assert.Equal(InfoWithoutDiskSize(theirs, file), InfoWithoutDiskSize(ours, file));
    }

    private static string InfoWithoutDiskSize(string folder, string file) => string.Join(
        '\n',
        Peer.Must(folder, $"info {file}").Split('\n')
            .Where(line => !line.StartsWith("disk size", StringComparison.Ordinal)));
}
