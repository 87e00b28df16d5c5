using System.Reflection;

namespace BlockGen.Drivers.Tests.Formats;

/// <summary>Drivers are specifications: their handwritten lines are few.</summary>
public sealed class DriverSizeTests
{
    [Theory]
    [InlineData("Raw", 30)]
    [InlineData("Qed", 200)]
    [InlineData("Vdi", 150)]
    [InlineData("Parallels", 180)]
    [InlineData("Bochs", 60)]
    [InlineData("Cloop", 60)]
    [InlineData("Luks", 470)]
    [InlineData("Qcow", 220)]
    [InlineData("Qcow2", 2000)]
    public void A_driver_has_at_most_so_many_lines(string folder, int most)
    {
        string root = typeof(DriverSizeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ProjectRoot").Value!;
        string[] files = Directory.GetFiles(
            Path.Combine(root, "..", "..", "drivers", "BlockGen.Drivers", folder), "*.cs");
        Assert.NotEmpty(files);
        int count = files.SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
        Assert.InRange(count, 1, most);
    }
}
