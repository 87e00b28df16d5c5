namespace BlockGen.Analyzers.Tests;

/// <summary>Why a rule has no code fix: nothing that a program could write there is certain to be right.</summary>
internal static class UnfixedRules
{
    private const string Specification = "what is right stands in the format's specification and nowhere in the code";
    private const string Name = "a good name is the author's to choose";
    private const string Design = "the code that is missing is a part of the design, not of the declaration";

    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["BG1003"] = "which of the two the type is decides what else it needs",
        ["BG1004"] = Name,
        ["BG1011"] = "the order of fields in several declarations is the author's to say",
        ["BG1012"] = Specification,
        ["BG1013"] = Specification,
        ["BG1014"] = "the structure inside has a report of its own, with its own fix",
        ["BG1016"] = "what is read in pieces needs other code than what is read at once",
        ["BG1022"] = "either the value or the type of the field is mistyped, and both decide which files open",
        ["BG1024"] = Specification,
        ["BG1026"] = "fields stand in file order and cannot be moved for a rule",
        ["BG1027"] = Specification,
        ["BG1028"] = Specification,
        ["BG1030"] = Specification,
        ["BG1031"] = Specification,
        ["BG1033"] = Specification,
        ["BG1034"] = Specification,
        ["BG1045"] = Name,
        ["BG1051"] = "the format needs something of its own to be recognised by, which its specification names",
        ["BG1052"] = "what the feature means is the driver's knowledge",
        ["BG2005"] = "either the mask or the value is mistyped, and the specification says which",
        ["BG2006"] = Specification,
        ["BG2007"] = Specification,
        ["BG2012"] = Design,
        ["BG2013"] = "the byte order of a structure stands in the format's specification",
        ["BG2015"] = Design,
        ["BG2016"] = Design,
        ["BG2017"] = Design,
        ["BG2020"] = Name,
        ["BG2031"] = "either member may be the one that was meant",
        ["BG2046"] = Specification,
        ["BG3001"] = "the bytes have to be read into other memory, long before the place where they are stored",
        ["BG3004"] = "whether to wait or to copy decides what the guest's request costs",
        ["BG3008"] = "who returns the buffer instead is a part of the design",
        ["BG3010"] = "the reason must be a reviewer's, or the review did not take place",
        ["BG2050"] = "where the offset comes from is for the lookup to say",
        ["BG2051"] = "which operand is widened decides what the product is of",
        ["BG4002"] = "which of the tokens at hand ends the work, or whether it must end by itself, is a part of the design",
        ["BG4003"] = "every caller has to hand a token down",
        ["BG4004"] = "either the second wait is one too many or the first result was to be kept",
        ["BG4005"] = "who called a method that returned nothing has to wait for what it returns now",
        ["BG4007"] = "whether fewer bytes are an error or the end of a file stands in the format's specification",
        ["BG4008"] = Design,
        ["BG4009"] = "which range the change needs for itself is a part of the design",
        ["BG4010"] = "how long the range must stay taken is a part of the design",
        ["BG5004"] = "what to do at the greatest depth is a part of the design",
    };
}
