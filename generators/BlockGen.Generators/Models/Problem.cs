using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.Generators;

/// <summary>Something wrong with a declaration.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Place">Where.</param>
/// <param name="Arguments">What the message is about.</param>
internal sealed record Problem(ProblemKind Kind, Place Place, EquatableArray<string> Arguments);

/// <summary>A location as data: unlike <see cref="Location"/> it keeps no syntax tree alive.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place Of(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}

/// <summary>What parsing a declaration gave: a model when it is sound, problems when it is not.</summary>
internal sealed record Parsed<TModel>(TModel? Model, EquatableArray<Problem> Problems)
    where TModel : class;
