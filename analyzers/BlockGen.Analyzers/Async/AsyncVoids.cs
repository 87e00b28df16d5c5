using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>BG4005.</summary>
internal static class AsyncVoids
{
    public static void Check(AsyncBody body)
    {
        if (body.Owner is IMethodSymbol owner && IsWrong(owner))
        {
            body.Report(AsyncRules.AsyncVoid, owner.Locations[0], owner.Name);
        }

        foreach (IOperation operation in body.Operations)
        {
            if (operation is ILocalFunctionOperation function && IsWrong(function.Symbol))
            {
                body.Report(AsyncRules.AsyncVoid, function.Symbol.Locations[0], function.Symbol.Name);
            }
            else if (operation is IAnonymousFunctionOperation lambda && IsWrong(lambda.Symbol))
            {
                SyntaxToken start = lambda.Syntax is AnonymousFunctionExpressionSyntax syntax
                    ? syntax.AsyncKeyword
                    : lambda.Syntax.GetFirstToken();
                body.Report(AsyncRules.AsyncVoid, start.GetLocation(), "lambda");
            }
        }
    }

    private static bool IsWrong(IMethodSymbol method) => method.IsAsync && method.ReturnsVoid && !IsEventHandler(method);

    private static bool IsEventHandler(IMethodSymbol method) =>
        method.Parameters.Length == 2 && method.Parameters[1].Type.DerivesFrom("System", "EventArgs");
}
