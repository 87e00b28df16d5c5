namespace BlockGen.Generators.Tests.Declarations;

[FormatList]
public static partial class SampleFormats;
