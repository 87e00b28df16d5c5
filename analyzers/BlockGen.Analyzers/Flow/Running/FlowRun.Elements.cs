using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    private FlowValue EvaluateElement(IArrayElementReferenceOperation element)
    {
        FlowValue holder = Evaluate(element.ArrayReference);
        foreach (IOperation index in element.Indices)
        {
            if (index is IRangeOperation range)
            {
                return SliceOf(holder, range, element);
            }

            CheckIndex(index, byte.MaxValue);
        }

        return ElementOf(holder, element, ElementRange(element.Indices[0]));
    }

    private FlowValue EvaluateIndexer(IPropertyReferenceOperation indexer)
    {
        FlowValue holder = Evaluate(indexer.Instance);
        CheckUse(holder, indexer);
        FlowValue index = Evaluate(indexer.Arguments[0].Value);
        bool isByPosition = NumberType.IsNumber(indexer.Property.Parameters[0].OriginalDefinition.Type);
        if (isByPosition)
        {
            CheckNumber(NumberUse.Index, index, indexer.Arguments[0].Value);
        }

        return indexer.Property.ContainingType.SpecialType is SpecialType.System_String
            ? FlowValue.Clean
            : ElementOf(
                holder, indexer, isByPosition ? ElementRange(indexer.Arguments[0].Value) : ByteRange.Whole);
    }

    private FlowValue EvaluateImplicitIndexer(IImplicitIndexerReferenceOperation indexer)
    {
        FlowValue holder = Evaluate(indexer.Instance);
        CheckUse(holder, indexer);
        if (indexer.Argument is IRangeOperation range)
        {
            return SliceOf(holder, range, indexer);
        }

        CheckIndex(indexer.Argument, byte.MaxValue);
        return ElementOf(holder, indexer, ElementRange(indexer.Argument));
    }

    private FlowValue EvaluateInlineArray(IInlineArrayAccessOperation access)
    {
        FlowValue holder = Evaluate(access.Instance);
        if (access.Argument is IRangeOperation range)
        {
            return SliceOf(holder, range, access);
        }

        int length = access.Instance.Type?.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.Name is "InlineArrayAttribute")
            .Select(attribute => attribute.ConstructorArguments is [{ Value: int count }] ? count : 0)
            .FirstOrDefault() ?? 0;
        CheckIndex(access.Argument, length - 1);
        return ElementOf(holder, access, ElementRange(access.Argument));
    }

    /// <summary>An index from a disk; one byte of it is taken for an index of a table for all bytes.</summary>
    private void CheckIndex(IOperation index, int last)
    {
        FlowValue value = Evaluate(index);
        bool isFromEnd = index.Syntax is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression };
        if (value.Number is { IsUnbounded: true, IsChecked: false } number
            && (number.Max > last || (isFromEnd && number.MayBeZero)))
        {
            Report(UntrustedRules.Of(NumberUse.Index), index.Syntax, number.Trace, number.Origin.Text);
            return;
        }

        CheckNumber(NumberUse.Index, value, index);
    }

    private FlowValue SliceOf(FlowValue holder, IRangeOperation range, IOperation slice)
    {
        foreach (IOperation bound in new[] { range.LeftOperand, range.RightOperand }.OfType<IOperation>())
        {
            CheckNumber(NumberUse.Slice, Evaluate(Unwrapped(bound)), Unwrapped(bound));
        }

        FlowValue part = MemoryOf(holder).Select(mark => mark.IsLive
            ? mark.With(mark.Range.Part(
                Words(range.LeftOperand),
                FixedOf(range.LeftOperand, missing: 0),
                LengthOf(range),
                range.RightOperand is null,
                SymbolsIn(range)))
            : mark);
        if (slice is IArrayElementReferenceOperation && part.AllMarks.Any(mark => mark.IsLive))
        {
            return FlowValue.Of(LookAt(part, LookKind.Copy, slice));
        }

        return part;
    }

    /// <summary>One element of what the value holds: numbers are fetched, anything else is only pointed to.</summary>
    private FlowValue ElementOf(FlowValue holder, IOperation operation, ByteRange range)
    {
        if (!NumberType.IsNumber(operation.Type) && operation.Type is not { IsUnmanagedType: true, IsTupleType: false })
        {
            return FlowValue.Of(holder.AllMarks);
        }

        FlowValue element = holder.Select(mark => mark.IsLive
            ? mark.With(range.IsWhole ? range : mark.Range.Part(
                range.Spelling, range.FixedStart, range.FixedLength, isOpenPart: false, range.Symbols))
            : mark);
        FlowValue copy = FlowValue.Of(LookAt(element, LookKind.Inspection, operation));
        return copy.Marks.Any(mark => mark.Kind is MarkKind.DiskBytes)
            ? copy.WithNumber(Unknown(operation.Type, operation.Syntax, operation.Syntax, operation.Syntax.ToString()))
            : copy;
    }

    private static ByteRange ElementRange(IOperation index) => new(
        Words(index), FixedOf(index, missing: null), fixedLength: 1, isOpen: false, SymbolsIn(index));

    private static IOperation Unwrapped(IOperation operation) => operation switch
    {
        IConversionOperation conversion when conversion.Type.IsIn("System", "Index") => Unwrapped(conversion.Operand),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat => hat.Operand,
        _ => operation,
    };

    private static string Words(IOperation? operation) =>
        operation is null ? "0" : NumberType.Constant(Unwrapped(operation))?.ToString() ?? operation.Syntax.ToString();

    private static long? FixedOf(IOperation? operation, long? missing)
    {
        if (operation is null)
        {
            return missing;
        }

        return operation.Syntax.ToString().StartsWith("^", StringComparison.Ordinal)
            ? null
            : NumberType.Constant(Unwrapped(operation)) is { } constant && constant < long.MaxValue ? (long)constant : null;
    }

    private static long? LengthOf(IRangeOperation range) =>
        FixedOf(range.LeftOperand, missing: 0) is { } start && FixedOf(range.RightOperand, missing: null) is { } end
            ? end - start
            : null;

    private static ImmutableArray<ISymbol> SymbolsIn(IOperation operation) =>
    [
        .. operation.DescendantsAndSelf().Select(part => part switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => (ISymbol?)null,
        }).OfType<ISymbol>(),
    ];

    /// <summary>The memory that a value refers to; that of a bounce buffer has a mark of its own.</summary>
    private static FlowValue MemoryOf(FlowValue value) => FlowValue.Of(value.AllMarks).Select(mark =>
        mark.Kind is MarkKind.Bounce
            ? new Mark(MarkKind.BounceMemory, mark.Origin, isLive: false, ByteRange.Whole, mark.Trace)
            : mark);
}
