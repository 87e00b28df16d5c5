using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators.Tests;

/// <summary>
/// Finds what a pipeline must not hold between runs: anything that keeps a compilation alive. It looks at what values
/// are, not at what their fields are declared as.
/// </summary>
internal static class LeakGuard
{
    private static readonly Type[] Forbidden =
    [
        typeof(ISymbol),
        typeof(SyntaxNode),
        typeof(SyntaxTree),
        typeof(Compilation),
        typeof(SemanticModel),
        typeof(Location),
        typeof(AttributeData),
    ];

    /// <summary>The paths to forbidden objects in the values of a run's named steps.</summary>
    public static IReadOnlyList<string> Leaks(GeneratorDriverRunResult result, Func<string, bool> isOurs)
    {
        List<string> leaks = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach ((string step, ImmutableArray<IncrementalGeneratorRunStep> runs) in
            result.Results.SelectMany(generator => generator.TrackedSteps).Where(pair => isOurs(pair.Key)))
        {
            foreach ((object value, _) in runs.SelectMany(run => run.Outputs))
            {
                Visit(value, step);
            }
        }

        return leaks;

        void Visit(object? value, string path)
        {
            if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum)
            {
                return;
            }

            if (Forbidden.Any(type => type.IsInstanceOfType(value)))
            {
                leaks.Add($"{path}: {value.GetType().Name}");
                return;
            }

            if (!value.GetType().IsValueType && !seen.Add(value))
            {
                return;
            }

            if (value is Array array)
            {
                VisitItems(array, path);
                return;
            }

            for (Type? type = value.GetType(); type is not null; type = type.BaseType)
            {
                const BindingFlags Own =
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                foreach (FieldInfo field in type.GetFields(Own))
                {
                    Visit(field.GetValue(value), $"{path}.{field.Name}");
                }
            }
        }

        void VisitItems(IEnumerable items, string path)
        {
            foreach (object? item in items)
            {
                Visit(item, path + "[]");
            }
        }
    }
}
