using BlockGen.Drivers.Qed;

namespace BlockGen.Drivers.Tests.Hostile;

/// <summary>Headers that an attacker or an accident made.</summary>
public sealed class HostileHeaderTests
{
    [Fact]
    public async Task Sizes_that_no_file_offset_holds_are_refused()
    {
        // 2^63 bytes and more: offsets in files are signed.
        ImageRecipe recipe = new(QedImage.Format, "cluster_size=67108864,table_size=1");
        Victim victim = await Victim.CreateAsync(recipe, 1 << 20);
        victim.Poke(48, 8, 1UL << 63);
        IReadOnlyList<ImageException> errors = await victim.UseAsync();
        Assert.All(errors, error => Assert.Contains("9223372036854775808", error.Message, StringComparison.Ordinal));
        Assert.Equal(2, errors.Count);
    }
}
