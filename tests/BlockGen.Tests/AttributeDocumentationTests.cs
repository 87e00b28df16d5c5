using System.Xml.Linq;

namespace BlockGen.Tests;

/// <summary>Hovering over an attribute shows how it is written.</summary>
public sealed class AttributeDocumentationTests
{
    private static readonly XDocument s_documentation =
        XDocument.Load(Path.ChangeExtension(typeof(DiskStructAttribute).Assembly.Location, ".xml"));

    public static TheoryData<string> Attributes =>
    [
        .. typeof(DiskStructAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Attribute)))
            .Select(type => type.FullName!),
    ];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void An_attribute_is_shown_with_an_example(string attribute)
    {
        XElement member = s_documentation.Descendants("member")
            .Single(candidate => candidate.Attribute("name")!.Value == $"T:{attribute}");
        string name = attribute["BlockGen.".Length..attribute.IndexOf("Attribute", StringComparison.Ordinal)];
        Assert.Contains(name, member.Element("example")!.Element("code")!.Value, StringComparison.Ordinal);
    }
}
