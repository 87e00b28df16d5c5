using BlockGen.Generators.Tests.Declarations;

namespace BlockGen.Generators.Tests;

/// <summary>What generated option sets do with text.</summary>
public class OptionTests
{
    [Fact]
    public void What_is_not_named_keeps_its_default() => Assert.Equal(new SampleOptions(), Parse());

    [Fact]
    public void Values_are_read_by_type()
    {
        SampleOptions options = Parse(
            ("cluster_size", "1M"), ("size", "1.5G"), ("offset", "512"), ("lazy", "off"), ("backing_file", "a=b"), ("subformat", ""));
        SampleOptions expected = new()
        {
            ClusterSize = 1 << 20,
            Size = 3UL << 29,
            Offset = 512,
            Lazy = false,
            BackingFile = "a=b",
            Subformat = "",
        };
        Assert.Equal(expected, options);
    }

    [Theory]
    [InlineData("foo", "1", "Invalid parameter 'foo'")]
    [InlineData("cluster_size", "big", "Parameter 'cluster_size' expects a size")]
    [InlineData("cluster_size", "4G", "Value '4G' is out of range for parameter 'cluster_size'")]
    [InlineData("size", "-1", "Parameter 'size' expects a size")]
    [InlineData("offset", "", "Parameter 'offset' expects a size")]
    [InlineData("lazy", "yes", "Parameter 'lazy' expects 'on' or 'off'")]
    public void What_is_wrong_is_said_to_the_person_who_typed_it(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<OptionException>(() => Parse((name, value))).Message);

    [Fact]
    public void Options_describe_themselves()
    {
        Assert.Equal(
            ["cluster_size <size>", "size <size>", "offset <size>", "lazy <bool (on/off)>", "backing_file <str>", "subformat <str>"],
            SampleOptions.Options.Select(option => $"{option.Name} {option.TypeName}"));
        Assert.Equal("Cluster size, \"64k\" if not given", SampleOptions.Options[0].Help);
    }

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512b", 512)]
    [InlineData("64k", 65536)]
    [InlineData("64K", 65536)]
    [InlineData("1m", 1 << 20)]
    [InlineData("512B", 512)]
    [InlineData("1.5G", 1610612736)]
    [InlineData("0x200", 512)]
    [InlineData("0.5k", 512)]
    [InlineData("15E", 15UL << 60)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void Sizes_are_read(string text, ulong bytes)
    {
        Assert.True(SizeText.TryParse(text, out ulong read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("1 k")]
    [InlineData("1kk")]
    [InlineData("1.5")]
    [InlineData("1.5b")]
    [InlineData(".5k")]
    [InlineData("1.k")]
    [InlineData("1.5.5k")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1,5k")]
    [InlineData("16E")]
    [InlineData("18446744073709551616")]
    [InlineData("0x")]
    [InlineData("0x10k")]
    [InlineData("1x")]
    public void What_is_no_size_is_refused(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(512, "512 B")]
    [InlineData(1000, "0.977 KiB")]
    [InlineData(65536, "64 KiB")]
    [InlineData(196616, "192 KiB")]
    [InlineData(1610612736, "1.5 GiB")]
    [InlineData(ulong.MaxValue, "16 EiB")]
    public void Sizes_are_written_with_three_digits(ulong bytes, string text) => Assert.Equal(text, SizeText.Format(bytes));

    private static SampleOptions Parse(params (string Name, string Value)[] values) =>
        SampleOptions.Parse(values.ToDictionary(value => value.Name, value => value.Value));
}
