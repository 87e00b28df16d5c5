using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.CodeFixes;

/// <summary>Changes of one file that put something right.</summary>
/// <param name="title">What they do, as an editor's menu shows it.</param>
/// <param name="tree">The file.</param>
/// <param name="changes">The changes, apart from each other.</param>
internal sealed class Fix(string title, SyntaxTree tree, params TextChange[] changes)
{
    public string Title { get; } = title;

    /// <summary>The solution with the changes made.</summary>
    public async Task<Solution> ApplyAsync(Solution solution, CancellationToken cancellation)
    {
        if (solution.GetDocument(tree) is not { } document)
        {
            return solution;
        }

        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        SourceText changed = text.WithChanges(changes.OrderBy(change => change.Span.Start));
        return solution.WithDocumentText(document.Id, changed);
    }
}
