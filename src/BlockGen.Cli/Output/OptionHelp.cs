namespace BlockGen.Cli;

/// <summary>The options that images of a format are created with.</summary>
internal static class OptionHelp
{
    public const string Size = "size";
    public const string BackingFile = "backing_file";
    public const string BackingFormat = "backing_fmt";

    /// <summary>
    /// Every option, the common ones included, in the order in which <c>create</c> reports their values; none for a
    /// format whose images cannot be made.
    /// </summary>
    public static IReadOnlyList<OptionInfo> OptionsOf(ImageFormat format)
    {
        if (format.CreateAsync is null)
        {
            return [];
        }

        List<OptionInfo> options = [.. format.CreateOptions];
        if (options.FindIndex(static option => option.Name == Size) < 0)
        {
            options.Insert(0, new OptionInfo(Size, "<size>", "Virtual disk size"));
        }

        if (format.HasBacking)
        {
            // Where QEMU has them: after the size and, where there is one, the level of compatibility.
            int before = options.FindLastIndex(static option => option.Name is Size or "compat");
            options.Insert(before + 1, new OptionInfo(BackingFile, "<str>", "File name of a base image"));
            options.Insert(before + 2, new OptionInfo(BackingFormat, "<str>", "Image format of the base image"));
        }

        return options;
    }

    /// <summary>Writes the list of <c>-o help</c>, as qemu-img prints it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">The format.</param>
    /// <param name="hasTarget">Whether the command line names a file; the list is headed differently then.</param>
    public static void Write(TextWriter output, ImageFormat format, bool hasTarget)
    {
        ImageCreation.RequireSupport(format);
        output.WriteLine(hasTarget ? "Supported options:" : $"Supported {format.Name} options:");
        foreach (OptionInfo option in OptionsOf(format).OrderBy(option => option.Name, StringComparer.Ordinal))
        {
            string nameAndType = $"{option.Name}={option.TypeName}";
            output.WriteLine(option.Help.Length > 0 ? $"  {nameAndType,-22} - {option.Help}" : $"  {nameAndType}");
        }

        if (!hasTarget)
        {
            output.WriteLine();
            output.WriteLine("The protocol level may support further options.");
            output.WriteLine("Specify the target filename to include those options.");
        }
    }
}
