namespace BlockGen.Tests.Copying;

public sealed class BackingLinksTests
{
    [Theory]
    [InlineData("base.img", "/disks/middle.img", "/disks/top.img", "base.img")]
    [InlineData("/abs/base.img", "/disks/middle.img", "/other/top.img", "/abs/base.img")]
    [InlineData("base.img", "/disks/middle.img", "/other/top.img", "/disks/base.img")]
    [InlineData("base.img", "/disks/old/middle.img", "/disks/top.img", "old/base.img")]
    [InlineData("../base.img", "/disks/old/middle.img", "/disks/top.img", "base.img")]
    [InlineData("nbd://host/base", "/disks/middle.img", "/other/top.img", "nbd://host/base")]
    [InlineData("json:{\"driver\":\"raw\"}", "/disks/middle.img", "/other/top.img", "json:{\"driver\":\"raw\"}")]
    [InlineData("odd/na:me.img", "/disks/middle.img", "/disks/sub/top.img", "/disks/odd/na:me.img")]
    public void A_name_keeps_its_meaning_in_another_folder(string name, string from, string to, string expected) =>
        Assert.Equal(expected, BackingLinks.Rebase(name, from, to));
}
