using System.Reflection;
using System.Text;
using BlockGen.Generators.Tests.Declarations;

namespace BlockGen.Generators.Tests;

/// <summary>A field with several magics has one of them: that is what probing and validation take.</summary>
public class SeveralMagicsTests
{
    [Theory]
    [InlineData("GIF8..87a\0\0\0\a", true)]
    [InlineData("\u0089PNG..WAVEfm\a", true)]
    [InlineData("RIFF..WAVEfm\a", true)]
    [InlineData("RIFF..87a\0\0\0\a", true)]
    [InlineData("RIFX..WAVEfm\a", false)]
    [InlineData("GIF8..87aWAV\a", false)]
    [InlineData("WAVE..RIFFfm\a", false)]
    [InlineData("RIFF..WAVEfm\b", false)]
    [InlineData("RIFF..WAVEfm", false)]
    public void Any_of_them_is_recognised_and_valid(string text, bool isSound)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        Assert.Equal(isSound, SeveralMagics.HasMagic(bytes));
        if (bytes.Length == SeveralMagics.Size)
        {
            Assert.Equal(isSound, SeveralMagics.Read(bytes).Validate() is null);
        }
    }

    [Fact]
    public void A_fault_names_them_all()
    {
        SeveralMagics sound = SeveralMagics.Read("RIFF..WAVEfm\a"u8);
        Assert.Equal(
            "Kind at offset 0x0 is 0x1: is none of \"GIF8\", 0x89504E47, \"RIFF\"",
            (sound with { Kind = 1 }).Validate().ToString());
        Assert.Equal("is none of \"87a\\0\\0\\0\", \"WAVEfm\"", (sound with { Subkind = "x" }).Validate()?.Problem);
        Assert.Equal("one of \"GIF8\", 0x89504E47, \"RIFF\"", SeveralMagics.Fields[0].Rule);
    }

    [Fact]
    public void Only_a_single_magic_is_a_constant() => Assert.Equal(
        ["EndValue"],
        typeof(SeveralMagics).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral)
            .Select(field => field.Name));
}
