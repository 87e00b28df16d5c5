using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BlockGen.CodeFixes;

/// <summary>Adds, removes or moves a step of a write order.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectWriteOrder)), Shared]
public sealed class CorrectWriteOrder : RuleFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ["BG2040", "BG2041", "BG2042", "BG2043", "BG2044"];

    internal override Fix? Find(FixPlace place)
    {
        if (place.Attribute?.ArgumentList is not { } written || !written.Arguments.All(IsStep))
        {
            return null;
        }

        List<string> order = [.. written.Arguments.Select(StepOf)];
        (string first, string second) = (place.Argument(1), place.Argument(2));
        string title;
        switch (place.Diagnostic.Id)
        {
            case "BG2040":
                title = $"Add the step {first}";
                Add(order, first);
                break;
            case "BG2041":
                title = $"Take the step {first} once";
                RemoveAt(order, order.LastIndexOf(first));
                break;
            case "BG2042":
                title = $"Remove the step {first}";
                RemoveAt(order, order.IndexOf(first));
                break;
            case "BG2043" when first == "MarkDirty":
                title = "Take the step MarkDirty first";
                order.Remove(first);
                order.Insert(0, first);
                break;
            case "BG2043":
                title = $"Swap the steps {first} and {second}";
                (order[order.IndexOf(first)], order[order.IndexOf(second)]) = (second, first);
                break;
            default:
                title = $"Insert a Flush before {second}";
                order.Insert(order.IndexOf(second), "Flush");
                break;
        }

        string steps = string.Join(", ", order.Select(step => "Step." + step));
        return place.Fix(title, Edits.Replace(written, $"({steps})"));
    }

    private static bool IsStep(AttributeArgumentSyntax argument) => argument is
    {
        NameEquals: null,
        Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Step" } },
    };

    private static string StepOf(AttributeArgumentSyntax argument) =>
        ((MemberAccessExpressionSyntax)argument.Expression).Name.Identifier.ValueText;

    private static void Add(List<string> order, string step)
    {
        switch (step)
        {
            case "MarkDirty":
                order.Insert(0, step);
                break;
            case "Data":
                order.InsertRange(
                    order.IndexOf("MarkDirty") + 1,
                    order.Contains("Leaf") && !order.Take(order.IndexOf("Leaf")).Contains("Flush") ? [step, "Flush"] : [step]);
                break;
            case "Root":
                AddDurably(order, order.Count, step, "Leaf");
                break;
            case "Leaf" when order.Contains("Root"):
                // What is flushed before the root is the leaf, so the data needs a flush of its own.
                int root = order.IndexOf("Root");
                order.InsertRange(root, [step, "Flush"]);
                break;
            case "Leaf":
                AddDurably(order, order.Count, step, "Data");
                break;
            default:
                int leaf = order.IndexOf("Leaf");
                order.InsertRange(leaf < 0 ? order.Count : leaf, [step, "Flush"]);
                break;
        }
    }

    /// <summary>Inserts a step, after a flush unless there is one since the step that it makes visible.</summary>
    private static void AddDurably(List<string> order, int at, string step, string after)
    {
        int earlier = order.IndexOf(after);
        bool isDurable = earlier >= 0 && order.Skip(earlier).Contains("Flush");
        order.InsertRange(at, isDurable ? [step] : ["Flush", step]);
    }

    /// <summary>Removes a step, and a flush that would then follow another or end the order.</summary>
    private static void RemoveAt(List<string> order, int index)
    {
        order.RemoveAt(index);
        bool isRepeated = index > 0 && index <= order.Count && order[index - 1] == "Flush"
            && (index == order.Count || order[index] == "Flush");
        if (isRepeated)
        {
            order.RemoveAt(index - 1);
        }
    }
}
