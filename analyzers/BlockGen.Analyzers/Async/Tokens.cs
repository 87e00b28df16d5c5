using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>BG4002 and BG4003. What cleans up must not be cancelled, so it is left alone.</summary>
internal static class Tokens
{
    private static readonly string[] s_cleanups = ["Dispose", "Close", "RollBack", "Rollback", "Abort", "CleanUp", "Cleanup"];

    public static void Check(AsyncBody body)
    {
        bool isReported = false;
        foreach (IInvocationOperation call in body.Calls)
        {
            if (!Waits(call) || Missing(call) is not { } missing || call.IsCleanup())
            {
                continue;
            }

            IMethodSymbol around = Around(call, body.Owner, out IParameterSymbol? token);
            if (token is not null)
            {
                body.Report(AsyncRules.TokenNotPassed, call.Syntax, call.TargetMethod.Name, token.Name);
            }
            else if (!isReported && IsWrong(around, missing, body.Owner))
            {
                isReported = true;
                body.Report(AsyncRules.TokenMissing, around.Locations[0], around.Name, call.TargetMethod.Name);
            }
        }
    }

    private enum Absence
    {
        /// <summary>Nothing is given where a token could be.</summary>
        Omitted,

        /// <summary>A token that never cancels is given.</summary>
        Never,
    }

    private static bool Waits(IInvocationOperation call) =>
        call.Type.IsTask() || call.Type is { Name: "IAsyncEnumerable" };

    private static Absence? Missing(IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Type.IsToken() == true)
            {
                return argument.ArgumentKind is ArgumentKind.DefaultValue || IsDefault(argument.Value) ? Absence.Omitted
                    : IsNone(argument.Value) ? Absence.Never
                    : null;
            }
        }

        return HasOverload(call.TargetMethod) ? Absence.Omitted : null;
    }

    private static bool IsDefault(IOperation value) =>
        value is IDefaultValueOperation or IObjectCreationOperation { Arguments.Length: 0 }
        || value is IConversionOperation { Operand: { } operand } && IsDefault(operand);

    private static bool IsNone(IOperation value) =>
        value is IPropertyReferenceOperation { Property: { Name: "None" } none } && none.ContainingType.IsToken();

    /// <summary>Whether the same method exists with a token behind the same parameters.</summary>
    private static bool HasOverload(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
        && method.Name is not ("Run" or "ContinueWith" or "StartNew")
        && !method.Parameters.Any(parameter => parameter.Type.IsToken())
        && method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other =>
            other.Parameters.Length == method.Parameters.Length + 1
            && other.Parameters[other.Parameters.Length - 1].Type.IsToken()
            && other.IsStatic == method.IsStatic
            && other.DeclaredAccessibility is not Accessibility.Private
            && SymbolEqualityComparer.Default.Equals(other.OriginalDefinition.ReturnType, method.OriginalDefinition.ReturnType)
            && method.OriginalDefinition.Parameters.Select(parameter => parameter.Type).SequenceEqual(
                other.OriginalDefinition.Parameters.Take(method.Parameters.Length).Select(parameter => parameter.Type),
                SymbolEqualityComparer.Default));

    /// <summary>The function round a call, and the token that it can see.</summary>
    private static IMethodSymbol Around(IOperation call, ISymbol owner, out IParameterSymbol? token)
    {
        token = null;
        IMethodSymbol? innermost = null;
        bool isOpen = true;
        foreach (IOperation ancestor in call.Ancestors())
        {
            IMethodSymbol? function = ancestor switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is not null)
            {
                innermost ??= function;
                token ??= isOpen ? TokenOf(function) : null;
                isOpen &= !function.IsStatic;
            }
        }

        IMethodSymbol? method = owner as IMethodSymbol;
        token ??= isOpen && method is not null ? TokenOf(method) : null;
        return innermost ?? method ?? (IMethodSymbol)((IInvocationOperation)call).TargetMethod;
    }

    private static IParameterSymbol? TokenOf(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(parameter => parameter.Type.IsToken() && parameter.RefKind is not RefKind.Out);

    private static bool IsWrong(IMethodSymbol method, Absence absence, ISymbol owner) =>
        method.MethodKind is MethodKind.Ordinary
            && SymbolEqualityComparer.Default.Equals(method, owner)
            && (method.ReturnType.IsTask() || method.ReturnType.Name is "IAsyncEnumerable")
            && !method.IsOverride
            && !IsEntryPoint(method)
            && !Implements(method)
            && (absence is Absence.Omitted || method.DeclaredAccessibility is not Accessibility.Private)
            && !s_cleanups.Any(start => method.Name.StartsWith(start, StringComparison.Ordinal))
            && !HoldsToken(method.ContainingType)
            && !method.Parameters.Any(parameter => BringsToken(parameter.Type));

    private static bool IsEntryPoint(IMethodSymbol method) => method is { IsStatic: true, Name: "Main" or "<Main>$" };

    private static bool Implements(IMethodSymbol method) =>
        method.ExplicitInterfaceImplementations.Length > 0
        || method.ContainingType.AllInterfaces
            .SelectMany(contract => contract.GetMembers(method.Name))
            .Any(member => SymbolEqualityComparer.Default.Equals(
                method.ContainingType.FindImplementationForInterfaceMember(member), method));

    /// <summary>Whether objects of the type are cancelled as a whole.</summary>
    private static bool HoldsToken(INamedTypeSymbol type) =>
        type.GetMembers().Any(member => member switch
        {
            IFieldSymbol field => IsTokenOrSource(field.Type),
            IPropertySymbol property => IsTokenOrSource(property.Type),
            _ => false,
        });

    private static bool BringsToken(ITypeSymbol type) =>
        IsTokenOrSource(type)
        || (type.TypeKind is TypeKind.Class or TypeKind.Struct
            && !type.IsOfBlockGen()
            && type.SpecialType is SpecialType.None
            && type.GetMembers().OfType<IPropertySymbol>().Any(property => IsTokenOrSource(property.Type)));

    private static bool IsTokenOrSource(ITypeSymbol type) =>
        type.IsToken() || type.IsIn("System.Threading", "CancellationTokenSource");
}
