namespace BlockGen.Generators;

/// <summary>A sound declaration of a set of options.</summary>
/// <param name="Type">The record.</param>
/// <param name="Options">Its options in declaration order.</param>
internal sealed record CreateOptionsModel(DeclaredType Type, EquatableArray<OptionModel> Options);

/// <summary>An option.</summary>
/// <param name="Property">The property that holds it.</param>
/// <param name="Name">Its name, as people type it.</param>
/// <param name="Reader">The method of <c>OptionReader</c> that reads it.</param>
/// <param name="TypeName">Its type in help text.</param>
/// <param name="Help">What it means.</param>
internal sealed record OptionModel(string Property, string Name, string Reader, string TypeName, string Help);
