namespace BlockGen.Generators;

/// <summary>What can be wrong with a declaration. <see cref="ProblemMessages"/> has the words.</summary>
internal enum ProblemKind
{
    // Every declaration
    NotPartial,
    NotExtendable,
    TwoDeclarations,
    MemberNameTaken,

    // Disk structures
    NotReadonlyRecordStruct,
    FieldsInSeveralDeclarations,
    NoFields,
    FieldTypeUnsupported,
    NestedStructMalformed,
    SizeTooSmall,
    StructTooLarge,
    ReservedNegative,

    // Field rules
    MagicMismatch,
    RuleUnsuitable,
    RuleValueTooLarge,
    PowerOfTwoImpossible,
    MinAboveMax,
    UnitZero,
    NoValues,
    RuleMemberUnknown,
    RuleLooksAhead,
    RuleMemberType,
    FixedTextMissing,
    FixedTextInvalid,
    FixedCountMissing,
    FixedCountInvalid,
    PresentIfMemberUnknown,
    PresentIfLooksAhead,
    PresentIfValue,
    ChecksumUnsuitable,
    ChecksumRangeUnknown,
    ChecksumsOverlap,
    MagicRepeated,

    // Table entries
    NotEntryRecordStruct,
    RawInvalid,
    OtherwiseMissing,
    OtherwiseRepeated,
    OtherwiseNotLast,
    EntryDuplicate,
    EntryUnreachable,
    EntryEqualOutsideMask,
    EntryMaskTooWide,
    EntryKindUnknown,
    HostMaskInvalid,

    // Options
    NotSealedRecord,
    OptionsNotConstructible,
    OptionTypeUnsupported,
    OptionNotSettable,
    OptionNameInvalid,
    OptionDuplicate,

    // Format lists
    NotStaticClass,

    // Image formats
    NotSealedClass,
    FormatNameInvalid,
    HeaderMissing,
    HeaderNotDiskStruct,
    HeaderMemberUnknown,
    NotOptions,
    LookupMissing,
    LookupRepeated,
    NotTableEntry,
    EntryKindMissing,
    EntryKindUnsuitable,
    MarkerMissing,
    MarkerRepeated,
    MarkerUnsuitable,
    MarkedType,
    MarkedSignature,
    MarkedHidden,
    StepMissing,
    StepRepeated,
    StepUnsuitable,
    StepOrder,
    BarrierMissing,
    DirtyMarkFlag,
    DirtyMarkValues,
}
