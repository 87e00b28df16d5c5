using Microsoft.CodeAnalysis.CSharp;

namespace BlockGen.Generators;

/// <summary>Names in C# source.</summary>
internal static class Identifier
{
    /// <summary>The name as source has it: a keyword gets its at-sign.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
