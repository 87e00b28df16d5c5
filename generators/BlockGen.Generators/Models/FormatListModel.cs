namespace BlockGen.Generators;

/// <summary>A sound declaration of a list of formats.</summary>
/// <param name="Type">The class that receives the list.</param>
internal sealed record FormatListModel(DeclaredType Type);

/// <summary>What the list says of a format.</summary>
/// <param name="Name">The format's name.</param>
/// <param name="TypeName">Its class, fully qualified.</param>
internal sealed record FormatEntry(string Name, string TypeName);
