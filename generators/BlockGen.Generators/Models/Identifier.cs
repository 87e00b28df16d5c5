using Microsoft.CodeAnalysis.CSharp;

namespace BlockGen.Generators;

/// <summary>Names in C# source.</summary>
internal static class Identifier
{
    /// <summary>The name as source has it: a keyword gets its at-sign, and so does the one of async methods.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && name != "await" ? name : "@" + name;

    /// <summary>
    /// A member of the author, seen from generated ones: their parameters and locals start with a small letter, so a
    /// member that does is qualified.
    /// </summary>
    /// <param name="escaped">The member's name as source has it.</param>
    /// <param name="owner">What qualifies it: <c>this</c>, or its type where it is static.</param>
    public static string Member(string escaped, string owner) =>
        escaped.TrimStart('@') is [char first, ..] && char.IsLower(first) ? $"{owner}.{escaped}" : escaped;
}
