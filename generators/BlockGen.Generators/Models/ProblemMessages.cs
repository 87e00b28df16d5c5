using System.Globalization;

namespace BlockGen.Generators;

/// <summary>
/// The words for each <see cref="ProblemKind"/>: argument 0 is always the name of what the problem is about.
/// </summary>
internal static class ProblemMessages
{
    public static string Format(ProblemKind kind) => kind switch
    {
        ProblemKind.NotPartial => "'{0}' must be partial, and so must the types around it",
        ProblemKind.NotExtendable => "'{0}' must be neither generic nor file-local, nor lie in such a type",
        ProblemKind.TwoDeclarations => "'{0}' cannot be both a disk structure and a table entry",
        ProblemKind.MemberNameTaken => "'{0}' is the name of a generated member; call it something else",

        ProblemKind.NotReadonlyRecordStruct => "'{0}' must be a readonly partial record struct",
        ProblemKind.FieldsInSeveralDeclarations => "The fields of '{0}' must stand in one declaration: their order is their order on disk",
        ProblemKind.NoFields => "'{0}' declares no field: a field is a property with a get and an init accessor",
        ProblemKind.FieldTypeUnsupported => "Field '{0}' has type '{1}', which has no layout on disk",
        ProblemKind.NestedStructMalformed => "Field '{0}' has type '{1}', whose declaration is malformed or, from another assembly, gives no Size",
        ProblemKind.SizeTooSmall => "'{0}' declares a size of {1} bytes, but its fields take {2}",
        ProblemKind.StructTooLarge => "'{0}' takes {1} bytes; a disk structure has at most {2}",
        ProblemKind.ReservedNegative => "Field '{0}' reserves {1} bytes before it; the number must be positive",

        ProblemKind.MagicMismatch => "The magic of '{0}' takes {1} bytes, but the field has {2}",
        ProblemKind.RuleUnsuitable => "'{1}' says nothing about field '{0}' of type '{2}'",
        ProblemKind.RuleValueTooLarge => "'{1}' names {2}, which field '{0}' cannot hold",
        ProblemKind.PowerOfTwoImpossible => "No power of two lies between {1} and {2}, the bounds of field '{0}'",
        ProblemKind.MinAboveMax => "Field '{0}' must be at least {1} and at most {2}: nothing is",
        ProblemKind.UnitZero => "Field '{0}' cannot be a multiple of zero",
        ProblemKind.NoValues => "Field '{0}' must be one of no values",
        ProblemKind.RuleMemberUnknown => "The rule of field '{0}' names '{1}', which is no property or constant here",
        ProblemKind.RuleLooksAhead => "The rule of field '{0}' names '{1}', which is not before it; rules are checked in file order",
        ProblemKind.RuleMemberType => "The rule of field '{0}' cannot compare it with '{1}' of type '{2}'",
        ProblemKind.FixedTextMissing => "Text field '{0}' must say how many bytes it takes with FixedText",
        ProblemKind.FixedTextInvalid => "Text field '{0}' cannot take {1} bytes",
        ProblemKind.FixedCountMissing => "Array field '{0}' must say how many elements it has with FixedCount",
        ProblemKind.FixedCountInvalid => "Array field '{0}' cannot have {1} elements",
        ProblemKind.PresentIfMemberUnknown => "The presence of field '{0}' depends on '{1}', which is no number or enum field here",
        ProblemKind.PresentIfLooksAhead => "The presence of field '{0}' depends on '{1}', which is not before it",
        ProblemKind.PresentIfValue => "The presence of field '{0}' depends on a value that '{1}' cannot have",
        ProblemKind.ChecksumUnsuitable => "Checksum field '{0}' must be a uint without PresentIf",
        ProblemKind.ChecksumRangeUnknown => "The checksum '{0}' covers '{1}', which is no field here or lies on the wrong side of the other end",
        ProblemKind.ChecksumsOverlap => "The checksum '{0}' covers the checksum '{1}'; neither could be computed first",
        ProblemKind.MagicRepeated => "Field '{0}' has the same magic twice",

        ProblemKind.NotEntryRecordStruct => "'{0}' must be a readonly partial record struct with one positional parameter",
        ProblemKind.RawInvalid => "'{0}' must have one positional parameter, 'Raw', of type uint or ulong",
        ProblemKind.OtherwiseMissing => "'{0}' must end with an EntryIs line that says Otherwise",
        ProblemKind.OtherwiseRepeated => "'{0}' says Otherwise more than once",
        ProblemKind.OtherwiseNotLast => "The Otherwise line of '{0}' must be the last one",
        ProblemKind.EntryDuplicate => "'{0}' names the value {1} twice",
        ProblemKind.EntryUnreachable => "The line of '{0}' for the value {1} is never reached: a line above covers it",
        ProblemKind.EntryEqualOutsideMask => "A line of '{0}' asks for the value {1}, which has bits outside its mask {2}",
        ProblemKind.EntryMaskTooWide => "A line of '{0}' asks for {1}, which is wider than the entry",
        ProblemKind.EntryKindUnknown => "A line of '{0}' names no MappingKind",
        ProblemKind.HostMaskInvalid => "The HostMask of '{0}', {1}, must be one run of bits inside the entry",

        ProblemKind.NotSealedRecord => "'{0}' must be a sealed partial record",
        ProblemKind.OptionsNotConstructible => "'{0}' must have a constructor without parameters and no required members",
        ProblemKind.OptionTypeUnsupported => "Option '{0}' has type '{1}'; an option is a bool, ulong, ulong?, uint, long?, string? or Secret?",
        ProblemKind.OptionNotSettable => "Option '{0}' must have a get and a set or init accessor",
        ProblemKind.OptionNameInvalid => "Option '{0}' must have a name without '=', ',' and white space",
        ProblemKind.OptionDuplicate => "'{0}' declares the option '{1}' twice",

        ProblemKind.NotStaticClass => "'{0}' must be a static partial class",

        ProblemKind.NotSealedClass => "'{0}' must be a sealed partial class without constructors; the generator gives it its base class",
        ProblemKind.FormatNameInvalid => "'{0}' cannot be called '{1}': a format's name has no white space, ',', '=' or ':'",
        ProblemKind.HeaderMissing => "'{0}' is looked up through tables, so it needs a Header that says where they are",
        ProblemKind.HeaderNotDiskStruct => "The header of '{0}', '{1}', must be a DiskStruct, and as accessible as '{0}'",
        ProblemKind.HeaderMemberUnknown => "'{0}' has no unsigned number or host offset '{1}' for {2} to name",
        ProblemKind.NotOptions => "'{0}' takes options of type '{1}', which must have CreateOptions and be as accessible as '{0}'",
        ProblemKind.LookupMissing => "'{0}' must say how guest offsets are looked up: Lookup, IdentityLookup or a LookupMethod",
        ProblemKind.LookupRepeated => "'{0}' must have one lookup, not several",
        ProblemKind.NotTableEntry => "'{0}' looks up through '{1}', which must be a TableEntry",
        ProblemKind.EntryKindMissing => "'{0}' must have an EntryIs line for {1}",
        ProblemKind.EntryKindUnsuitable => "'{0}' must not have an EntryIs line for {1}: it is an entry of a {2} table",
        ProblemKind.MarkerMissing => "'{0}' must have a member marked {1}",
        ProblemKind.MarkerRepeated => "'{0}' marks two members {1}: '{2}' and '{3}'",
        ProblemKind.MarkerUnsuitable => "'{0}' declares {1}, which means something only with {2}",
        ProblemKind.MarkedType => "'{0}', marked {1}, must be an instance property of type {2}",
        ProblemKind.MarkedSignature => "'{0}', marked {1}, must have the signature {2}",
        ProblemKind.MarkedHidden => "'{0}', marked {1}, must be internal or public: the driver reads it",
        ProblemKind.StepMissing => "The write order of '{0}' lacks the step {1}",
        ProblemKind.StepRepeated => "The write order of '{0}' has the step {1} twice",
        ProblemKind.StepUnsuitable => "The write order of '{0}' has the step {1}, for which nothing is declared",
        ProblemKind.StepOrder => "The write order of '{0}' must have the step {1} before {2}",
        ProblemKind.BarrierMissing => "The write order of '{0}' must have a Flush between {1} and {2}: a power cut could keep the later and lose the earlier",
        ProblemKind.DirtyMarkFlag => "The dirty mark of '{0}' must be a flag of the type of field '{1}'",
        ProblemKind.DirtyMarkValues => "The dirty mark of '{0}' must have two different values of the type of field '{1}', one for a clean image",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such problem"),
    };

    public static string Message(Problem problem) =>
        string.Format(CultureInfo.InvariantCulture, Format(problem.Kind), [.. problem.Arguments]);
}
