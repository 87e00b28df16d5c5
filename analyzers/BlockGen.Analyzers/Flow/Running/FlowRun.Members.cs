using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

internal sealed partial class FlowRun
{
    private FlowValue EvaluateMember(IMemberReferenceOperation reference, ISymbol member)
    {
        FlowValue holder = Evaluate(reference.Instance);
        MemberRoles roles = program.Table.Of(member);
        CheckUse(holder, reference);
        if (roles.Has(MemberRole.Escape))
        {
            CheckReviewed(reference, member);
        }

        if (roles.Has(MemberRole.Neutral) || IsMeasure(member))
        {
            Settle(holder);
            return FlowValue.Clean;
        }

        if (roles.Has(MemberRole.View))
        {
            return MemoryOf(holder);
        }

        if (SourceOf(roles, reference, member.Name) is { } source)
        {
            return source;
        }

        if (member is IPropertySymbol { GetMethod: { } getter })
        {
            CallSite call = new(reference, getter, reference.Instance, holder, []);
            MethodBody? body = program.Bodies.Of(getter);
            if (program.Bodies.Overriding(getter) is { Count: > 0 } overriding
                && reference.Instance is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax })
            {
                return CallAny(call, body is null ? overriding : [body, .. overriding]);
            }

            if (body is not null)
            {
                return CallBody(call, body);
            }
        }

        if (member is { Name: "Current", ContainingType.Name: "Enumerator" } && reference.Instance is not null)
        {
            return holder.AllMarks.Any(mark => mark.IsLive || mark.Kind is MarkKind.DiskBytes)
                ? ElementOf(holder, reference, ByteRange.EachElement)
                : holder;
        }

        Settle(holder);
        return Limited(ReadMember(reference, member, holder));
    }

    private FlowValue ReadMember(IMemberReferenceOperation reference, ISymbol member, FlowValue holder)
    {
        AccessPath? place = PlaceOf(reference);
        if (place is { } known && _state.Values.TryGetValue(known, out FlowValue? value))
        {
            return WithParts(known, value);
        }

        object identity = place is { } path ? path : reference.Syntax;
        string name = member is IFieldSymbol field ? NameOf(field) : member.Name;
        FlowValue part = reference.Type.IsOffset() || member.ContainingType.IsOffset() || IsNullableValue(member)
            ? PartOrSelf(holder, name)
            : holder.Member(name);
        if (holder.Marks.Any(mark => mark.Kind is MarkKind.Made))
        {
            return holder.Parts.TryGetValue(name, out FlowValue? given) ? given : FlowValue.Clean;
        }

        FlowValue declared = DeclaredOn(reference, member, holder, identity);
        FlowValue result = part.Join(declared).Join(Identified(program.FieldValue(member), identity));
        if (result.Marks.IsEmpty && result.Number is null)
        {
            result = result.Join(OfType(reference.Type, identity, member.Name, reference.Syntax.GetLocation()));
        }

        if (NumberType.IsNumber(reference.Type))
        {
            bool isFromDisk = part.Number is null && result.Number is null && IsReadAsBytes(member, holder);
            result = FlowValue.Of(CopiesOf(result)).WithNumber(
                isFromDisk ? Unknown(reference.Type, identity, reference.Syntax, member.Name) : result.Number);
        }

        return place is { } stored ? WithParts(stored, result) : result;
    }

    private static FlowValue Identified(FlowValue value, object identity) =>
        value.Number is { } number ? value.WithNumber(number with { Identity = identity }) : value;

    private static FlowValue PartOrSelf(FlowValue holder, string name) =>
        holder.Parts.ContainsKey(name) ? holder.Member(name) : FlowValue.Of(holder.Marks).WithNumber(holder.Number);

    private static bool IsNullableValue(ISymbol member) =>
        member.ContainingType?.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T;

    /// <summary>Whether a number in a plain structure was read as bytes, together with the structure.</summary>
    private static bool IsReadAsBytes(ISymbol member, FlowValue holder) =>
        member.ContainingType is { IsValueType: true, IsTupleType: false } type
        && !type.IsDiskStruct()
        && holder.Marks.Any(mark => mark.Kind is MarkKind.DiskBytes);

    /// <summary>What the declaration of a structure on disk, or of a table entry, says of its member.</summary>
    private static FlowValue DeclaredOn(
        IMemberReferenceOperation reference, ISymbol member, FlowValue holder, object identity)
    {
        if (member is not IPropertySymbol property)
        {
            return FlowValue.Clean;
        }

        if (property.ContainingType.IsTableEntry() && property.Name is "Raw" or "Bits" or "Units")
        {
            return FlowValue.Of(FieldRule.FactsOf(property, identity, reference.Syntax.GetLocation(), isValidated: false));
        }

        if (!property.ContainingType.IsDiskStruct() || property.SetMethod is null)
        {
            return FlowValue.Clean;
        }

        if (property.Type.IsIn("BlockGen", "DiskArray"))
        {
            Location place = reference.Syntax.GetLocation();
            return FlowValue.Of(new Mark(
                MarkKind.DiskBytes,
                new Origin(identity, place, $"{property.ContainingType.Name}.{property.Name}"),
                isLive: false,
                ByteRange.Whole,
                new Trace(null, place)));
        }

        bool isValidated = holder.Marks.All(mark => mark.Kind is not MarkKind.Unvalidated);
        return FlowValue.Of(FieldRule.FactsOf(property, identity, reference.Syntax.GetLocation(), isValidated));
    }

    /// <summary>Sizes of memory and collections are the runtime's own, whatever is in them.</summary>
    private static bool IsMeasure(ISymbol member) =>
        member.Name is "Length" or "LongLength" or "Count" or "IsEmpty" or "Capacity"
        && member.ContainingType is not { IsTupleType: true }
        && (member.ContainingType is null
            || IsOfRuntime(member.ContainingNamespace)
            || member.ContainingType.Name is "DiskArray");

    private static bool IsOfRuntime(INamespaceSymbol? space)
    {
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space?.Name.StartsWith("System", StringComparison.Ordinal) == true;
    }

    /// <summary>What a member that the tables name as a source gives; null for any other.</summary>
    private FlowValue? SourceOf(MemberRoles roles, IOperation operation, string name)
    {
        Location place = operation.Syntax.GetLocation();
        Origin origin = new(operation.Syntax, place, name);
        if (roles.Has(MemberRole.Untrusted))
        {
            return FlowValue.Of(Unknown(operation.Type, operation.Syntax, operation.Syntax, name));
        }

        MarkKind? kind = roles.Has(MemberRole.GuestRead) ? MarkKind.GuestRead
            : roles.Has(MemberRole.GuestWrite) ? MarkKind.GuestWrite
            : roles.Has(MemberRole.DiskBytes) ? MarkKind.DiskBytes
            : null;
        return kind is { } known
            ? FlowValue.Of(new Mark(
                known, origin, known is not MarkKind.DiskBytes, ByteRange.Whole, new Trace(null, place)))
            : null;
    }

    /// <summary>A number that came from a disk and of which only the type is known.</summary>
    private NumberFacts? Unknown(ITypeSymbol? type, object? identity, SyntaxNode place, string name)
    {
        if (!NumberType.IsNumber(type) || type?.TypeKind is TypeKind.Enum)
        {
            return null;
        }

        if (identity is SyntaxNode && !_isQuiet)
        {
            program.Effects.Renewed.Add(identity);
            _state = _state with { Limits = _state.Limits.Remove(identity) };
        }

        return new NumberFacts(new Origin(place, place.GetLocation(), name), identity, NumberType.MaxOf(type))
        {
            IsUnbounded = true,
            MayBeNegative = NumberType.IsSigned(type),
            MayBeZero = true,
        };
    }
}
