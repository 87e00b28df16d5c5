namespace BlockGen.Tests.Images;

public sealed class SnapshotNameTests
{
    private static readonly ImageSnapshot[] All = [new("1", "2"), new("2", "first"), new("3", "first")];

    [Theory]
    [InlineData("2", null, "2")]
    [InlineData(null, "first", "2")]
    [InlineData("3", "first", "3")]
    [InlineData("1", "first", null)]
    [InlineData(null, "none", null)]
    [InlineData(null, null, null)]
    public void A_number_and_a_name_must_both_be_right(string? id, string? name, string? expected) =>
        Assert.Equal(expected, new SnapshotName(id, name).FindIn(All)?.Id);

    [Theory]
    [InlineData("2", "2")]
    [InlineData("first", "2")]
    [InlineData("none", null)]
    public void One_word_is_a_number_before_it_is_a_name(string text, string? expected) =>
        Assert.Equal(expected, SnapshotName.IdOrName(text).FindIn(All)?.Id);
}
