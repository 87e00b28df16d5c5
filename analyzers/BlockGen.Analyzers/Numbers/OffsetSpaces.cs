using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>
/// BG2050: which numbers of a body are plain guest or host offsets. Only an offset itself, with something added or taken
/// away that is no offset, stays one: differences, quotients and remainders are lengths and indices.
/// </summary>
internal sealed class OffsetSpaces(ImmutableArray<IOperation> blocks)
{
    private const int MaxDepth = 8;

    private Dictionary<ISymbol, List<IOperation>>? _assigned;

    private enum Space
    {
        None,
        Guest,
        Host,
    }

    /// <summary>An offset that is used as one of the other kind.</summary>
    /// <param name="Place">The offset's expression.</param>
    /// <param name="Is">Its kind.</param>
    /// <param name="UsedAs">The kind that it is used as.</param>
    public sealed record Mixture(IOperation Place, string Is, string UsedAs);

    public Mixture? Confusion(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Type: { } type, Arguments: [{ Value: { } value }, ..] } when SpaceOf(type) is var space and not Space.None =>
            Check(value, space),
        IBinaryOperation binary => Compared(binary),
        IInvocationOperation call => Passed(call),
        _ => null,
    };

    private Mixture? Check(IOperation value, Space expected)
    {
        Space space = SpaceOf(value, 0);
        return space is Space.None || space == expected ? null : new Mixture(value, Word(space), Word(expected));
    }

    private Mixture? Compared(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is not null
            || binary.OperatorKind is not (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals
                or BinaryOperatorKind.NotEquals or BinaryOperatorKind.Add or BinaryOperatorKind.Subtract))
        {
            return null;
        }

        Space left = SpaceOf(binary.LeftOperand, 0);
        return left is Space.None ? null : Check(binary.RightOperand, left);
    }

    /// <summary>A raw position in a file is a host offset.</summary>
    private Mixture? Passed(IInvocationOperation call)
    {
        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        string? parameter = type.IsIn("System.IO", "RandomAccess") ? "fileOffset"
            : type.DerivesFrom("System.IO", "Stream") && call.TargetMethod.Name is "Seek" ? "offset"
            : null;
        return parameter is not null
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value is { } value
                ? Check(value, Space.Host)
                : null;
    }

    private Space SpaceOf(IOperation operation, int depth)
    {
        if (depth > MaxDepth)
        {
            return Space.None;
        }

        return operation switch
        {
            IParenthesizedOperation inner => SpaceOf(inner.Operand, depth + 1),
            IConversionOperation { OperatorMethod: null } conversion when NumberType.IsNumber(conversion.Type) =>
                SpaceOf(conversion.Operand, depth + 1),
            IPropertyReferenceOperation { Property.Name: "Value", Instance.Type: { } type } => SpaceOf(type),
            IPropertyReferenceOperation { Property.Name: "End", Instance.Type: { } range } => SpaceOf(range),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null } sum =>
                Sum(SpaceOf(sum.LeftOperand, depth + 1), SpaceOf(sum.RightOperand, depth + 1)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, OperatorMethod: null } difference
                when !Mentions(difference.RightOperand, depth) => SpaceOf(difference.LeftOperand, depth + 1),
            ILocalReferenceOperation local => Assigned(local.Local, depth),
            _ => Space.None,
        };
    }

    /// <summary>
    /// Taking an offset away leaves a length; what a remainder of an offset is taken from stays an offset, aligned.
    /// </summary>
    private bool Mentions(IOperation operation, int depth) =>
        SpaceOf(operation, depth + 1) is not Space.None || operation is ILocalReferenceOperation or IFieldReferenceOperation
            or IPropertyReferenceOperation or IParameterReferenceOperation or IInvocationOperation;

    private Space Assigned(ISymbol local, int depth)
    {
        _assigned ??= Assignments();
        if (!_assigned.TryGetValue(local, out List<IOperation>? values))
        {
            return Space.None;
        }

        Space space = SpaceOf(values[0], depth + 1);
        return values.All(value => SpaceOf(value, depth + 1) == space) ? space : Space.None;
    }

    private Dictionary<ISymbol, List<IOperation>> Assignments()
    {
        Dictionary<ISymbol, List<IOperation>> assigned = new(SymbolEqualityComparer.Default);
        foreach (IOperation operation in blocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            (ISymbol? local, IOperation? value) = operation switch
            {
                IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer =>
                    (declarator.Symbol, initializer.Value),
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment =>
                    (target.Local, assignment.Value),
                IPropertySubpatternOperation { Member: { } member, Pattern: IDeclarationPatternOperation pattern } =>
                    (pattern.DeclaredSymbol, member),
                _ => ((ISymbol?)null, (IOperation?)null),
            };
            if (local is not null && value is not null)
            {
                if (!assigned.TryGetValue(local, out List<IOperation>? values))
                {
                    assigned[local] = values = [];
                }

                values.Add(value);
            }
        }

        return assigned;
    }

    private static Space Sum(Space left, Space right) => left is Space.None ? right : right is Space.None ? left : Space.None;

    private static Space SpaceOf(ITypeSymbol type) =>
        !type.IsOfBlockGen() ? Space.None
        : type.Name is "GuestOffset" or "GuestRange" ? Space.Guest
        : type.Name is "HostOffset" or "HostRange" ? Space.Host
        : Space.None;

    private static string Word(Space space) => space is Space.Guest ? "guest" : "host";
}
