using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Collects what is wrong with one declaration.</summary>
internal sealed class ProblemList(ISymbol declaration)
{
    private readonly List<Problem> _problems = [];

    /// <summary>Whether code can be generated.</summary>
    public bool IsSound { get; private set; } = true;

    public void Add(ProblemKind kind, ISymbol at, params string[] arguments) =>
        Add(kind, at.Locations.FirstOrDefault(location => location.IsInSource), arguments);

    public void Add(ProblemKind kind, AttributeData at, params string[] arguments) =>
        Add(kind, at.ApplicationSyntaxReference is { } syntax ? Location.Create(syntax.SyntaxTree, syntax.Span) : null, arguments);

    /// <summary>The compiler reports it already; nothing is added to what it says.</summary>
    public void AddCompilerError() => IsSound = false;

    public Parsed<TModel> Result<TModel>(TModel model)
        where TModel : class => new(IsSound ? model : null, _problems.ToEquatableArray());

    public Parsed<TModel> Failure<TModel>()
        where TModel : class => new(null, _problems.ToEquatableArray());

    private void Add(ProblemKind kind, Location? location, string[] arguments)
    {
        IsSound = false;
        location ??= declaration.Locations.FirstOrDefault() ?? Location.None;
        _problems.Add(new Problem(kind, Place.Of(location), arguments.ToEquatableArray()));
    }
}
