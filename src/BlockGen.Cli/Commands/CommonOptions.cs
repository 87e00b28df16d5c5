using System.CommandLine;

namespace BlockGen.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option Format(this CommandSyntax syntax) =>
        syntax.Value("-f", "fmt", "Format of the image; found out from its content when not given");

    public static Option OutputForm(this CommandSyntax syntax) =>
        syntax.Value("--output", "human|json", "Form of the output");

    public static Option ForceShare(this CommandSyntax syntax) =>
        syntax.Flag("-U", "Also opens an image that is in use", "--force-share");

    public static Option Quiet(this CommandSyntax syntax) => syntax.Flag("-q", "Prints errors only");

    public static Option ShowProgress(this CommandSyntax syntax) => syntax.Flag("-p", "Shows progress");
}
