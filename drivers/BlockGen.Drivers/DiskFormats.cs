namespace BlockGen.Drivers;

/// <summary>The formats of this library.</summary>
[FormatList]
public static partial class DiskFormats;
