namespace BlockGen.Tests.Images;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("512", 512UL)]
    [InlineData("64k", 65536UL)]
    [InlineData("64K", 65536UL)]
    [InlineData("1.5G", 1610612736UL)]
    [InlineData("7b", 7UL)]
    [InlineData("0x10000", 65536UL)]
    [InlineData("15E", 17293822569102704640UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void A_size_is_read(string text, ulong expected)
    {
        Assert.True(SizeText.TryParse(text, out ulong bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("1x")]
    [InlineData("1.5")]
    [InlineData("1.5b")]
    [InlineData(".5k")]
    [InlineData("1.k")]
    [InlineData("-1")]
    [InlineData("1 k")]
    [InlineData("0x")]
    [InlineData("0x1k")]
    [InlineData("16E")]
    [InlineData("18446744073709551616")]
    public void What_is_no_size_is_refused(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Theory]
    [InlineData(0UL, "0 B")]
    [InlineData(999UL, "999 B")]
    [InlineData(1000UL, "0.977 KiB")]
    [InlineData(65536UL, "64 KiB")]
    [InlineData(1610612736UL, "1.5 GiB")]
    [InlineData(10747904UL, "10.2 MiB")]
    [InlineData(ulong.MaxValue, "16 EiB")]
    public void A_size_is_written_with_three_digits(ulong bytes, string expected) =>
        Assert.Equal(expected, SizeText.Format(bytes));
}
