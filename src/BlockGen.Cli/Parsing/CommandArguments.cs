using System.CommandLine;
using System.CommandLine.Parsing;

namespace BlockGen.Cli;

/// <summary>A parsed command line.</summary>
internal sealed class CommandArguments(ParseResult result, IReadOnlyList<string> operands, ImageOpening opening)
{
    /// <summary>What is no option, in order.</summary>
    public IReadOnlyList<string> Operands { get; } = operands;

    /// <summary>How images are opened, as far as all commands share it.</summary>
    public ImageOpening Opening { get; } = opening;

    /// <summary>Whether the option was given.</summary>
    public bool Has(Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>The option's last value; null when it was not given.</summary>
    public string? Last(Option option) => All(option) is [.., string last] ? last : null;

    /// <summary>Every value of the option, in order.</summary>
    public IReadOnlyList<string> All(Option option) =>
        result.GetResult(option) is OptionResult given ? [.. given.Tokens.Select(token => token.Value)] : [];

    /// <summary>Those of some options that were given, in order, with their values.</summary>
    public IEnumerable<(Option Option, string? Value)> InOrder(IReadOnlyCollection<Option> options) =>
        result.CommandResult.Children.OfType<OptionResult>()
            .Where(given => !given.Implicit && options.Contains(given.Option))
            .SelectMany(given => given.Tokens.Count == 0
                ? Enumerable.Repeat((given.Option, (string?)null), given.IdentifierTokenCount)
                : given.Tokens.Select(token => (given.Option, (string?)token.Value)));

    /// <summary>The only operand.</summary>
    public string OnlyOperand() =>
        Operands is [string only] ? only : throw ToolException.Usage("Expecting one image file name");
}
