namespace BlockGen.Cli;

/// <summary>Warns of writing to an image that is raw only because no other format recognises it.</summary>
internal static class GuessedRaw
{
    public static void Warn(ToolConsole console, string path, ImageOpening opening, Image image)
    {
        bool isDescribed = opening.IsOptionList || NodeText.IsJson(path);
        if (isDescribed || opening.Format is not null || !opening.IsWritable
            || image.Driver.Recognizes is not null)
        {
            return;
        }

        console.Out.Flush();
        console.Error.WriteLine(
            $"WARNING: Image format was not specified for '{path}' and probing guessed {image.Driver.Name}.\n"
            + "         A guest that writes another format's header to block 0 would change what it is taken for.\n"
            + $"         Specify the '{image.Driver.Name}' format explicitly.");
    }
}
