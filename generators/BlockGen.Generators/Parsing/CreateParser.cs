using Microsoft.CodeAnalysis;

namespace BlockGen.Generators;

/// <summary>Reads how new images are made.</summary>
internal static class CreateParser
{
    private const string PreallocationType = "BlockGen.Preallocation";

    public static CreateModel? Parse(
        INamedTypeSymbol type, INamedTypeSymbol? header, MarkedMembers marked, DriverNames names, ProblemList problems)
    {
        if (marked.Single("Create") is not IMethodSymbol method)
        {
            return null;
        }

        string returns = header?.ToDisplayString() ?? "ulong";
        bool isPlain = method.IsStatic
            && method.MethodKind is MethodKind.Ordinary
            && !method.IsGenericMethod
            && method.Parameters.All(parameter => parameter.RefKind is RefKind.None);
        bool writesFile = isPlain && IsWriter(method);
        bool fits = writesFile
            || (isPlain && method.Parameters.Length == 1 && method.ReturnType.ToDisplayString() == returns);
        if (!fits || method.Parameters[writesFile ? 1 : 0].Type is not INamedTypeSymbol options)
        {
            problems.Add(ProblemKind.MarkedSignature, method, method.Name, "Create", $"static {returns} (options)");
            return null;
        }

        if (options.Declared("CreateOptions") is null || !Visibility.Covers(options, type))
        {
            problems.Add(ProblemKind.NotOptions, method, type.Name, options.Name);
            return null;
        }

        if (CreateOptionsParser.IsMalformed(options))
        {
            problems.AddCompilerError();
        }

        MarkedMembers optionMembers = new(options, problems);
        string? preallocate = optionMembers.Property("Preallocate", "bool", PreallocationType);
        ISymbol? marker = options.GetMembers().FirstOrDefault(member => member.Declared("Preallocate") is not null);
        if (marker is IPropertySymbol option && !(Visibility.IsVisible(option) && Visibility.IsVisible(option.GetMethod)))
        {
            problems.Add(ProblemKind.MarkedHidden, option, option.Name, "Preallocate");
        }

        bool hasModes = (marker as IPropertySymbol)?.Type.ToDisplayString() == PreallocationType;
        string? measure = ParseMeasure(type, options, marked, problems);
        string? creating = marked.Method(
            "Creating", "System.Threading.Tasks.ValueTask", options.ToDisplayString(), "System.Threading.CancellationToken");
        return new CreateModel(
            Call(method, type), names.Of(options), preallocate, hasModes, writesFile, creating, measure);
    }

    private static string? ParseMeasure(
        INamedTypeSymbol type, INamedTypeSymbol options, MarkedMembers marked, ProblemList problems)
    {
        if (marked.Single("Measure") is not IMethodSymbol method)
        {
            return null;
        }

        bool fits = method is { IsStatic: true, MethodKind: MethodKind.Ordinary, IsGenericMethod: false }
            && method.ReturnType.ToDisplayString() == "BlockGen.FileMeasure"
            && method.Parameters is [{ RefKind: RefKind.None } parameter]
            && SymbolEqualityComparer.Default.Equals(parameter.Type, options);
        if (!fits)
        {
            string wanted = $"static FileMeasure ({options.Name})";
            problems.Add(ProblemKind.MarkedSignature, method, method.Name, "Measure", wanted);
        }

        return Call(method, type);
    }

    private static string Call(IMethodSymbol method, INamedTypeSymbol type) =>
        Identifier.Member(Identifier.Escape(method.Name), Identifier.Escape(type.Name));

    private static bool IsWriter(IMethodSymbol method) =>
        method.Parameters.Length == 3
        && method.ReturnType.ToDisplayString() == "System.Threading.Tasks.ValueTask"
        && method.Parameters[0].Type.ToDisplayString() == "BlockGen.IStorage"
        && method.Parameters[2].Type.ToDisplayString() == "System.Threading.CancellationToken";
}
