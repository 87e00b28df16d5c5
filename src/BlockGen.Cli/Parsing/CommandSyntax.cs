using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace BlockGen.Cli;

/// <summary>
/// The syntax of one command, as getopt would take it: options anywhere, values attached or apart, the last of repeated
/// values wins, <c>--</c> ends the options.
/// </summary>
internal sealed class CommandSyntax
{
    private readonly RootCommand _root = new();
    private readonly Command _command;
    private readonly Argument<string[]> _operands;
    private readonly List<string> _refused = [];
    private Option? _objects;
    private Option? _imageOptions;

    public CommandSyntax(string name, string summary, string operands)
    {
        _operands = new Argument<string[]>(operands.Length > 0 ? operands : "operands")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Hidden = operands.Length == 0,
        };
        _command = new Command(name, summary) { _operands };
        _root.Options.Clear();
        _root.Directives.Clear();
        _root.Add(_command);
        _command.Add(new HelpOption("--help", "-h"));
    }

    /// <summary>Complains in the words of getopt, not in qemu-img's.</summary>
    public bool SpeaksAsGetopt { get; set; }

    /// <summary>An option with a value.</summary>
    public Option Value(string name, string valueName, string help, params string[] aliases) =>
        Add(new Option<string[]>(name, aliases) { Arity = ArgumentArity.OneOrMore, HelpName = valueName }, help);

    /// <summary>An option without a value.</summary>
    public Option Flag(string name, string help, params string[] aliases) =>
        Add(new Option<bool>(name, aliases) { Arity = ArgumentArity.Zero }, help);

    /// <summary>Takes <c>--object</c>, and <c>--image-opts</c> unless images are only made.</summary>
    public void AcceptObjects(bool withImageOptions = true)
    {
        _objects = Value("--object", "type,id=...", "Declares a secret or a throttle group; 'help' lists the types");
        if (withImageOptions)
        {
            _imageOptions = Flag("--image-opts", "File names are lists of options: driver=...,file.filename=...");
        }
    }

    /// <summary>An option of qemu-img's that is refused by its name.</summary>
    public void Refuse(params string[] names) => _refused.AddRange(names);

    /// <summary>
    /// Reads a command line, which begins with the command's name; null when it asked for help and got it.
    /// </summary>
    public CommandArguments? Parse(string[] args, TextWriter helpOutput)
    {
        ParserConfiguration configuration = new() { ResponseFileTokenReplacer = null };
        ParseResult result = _root.Parse(CompleteNames(args), configuration);
        if (result.Action is HelpAction)
        {
            result.Invoke(new InvocationConfiguration { Output = helpOutput });
            return null;
        }

        RejectUnknownOptions(result);
        foreach (SymbolResult option in result.CommandResult.Children)
        {
            if (option is OptionResult { Option: Option<string[]> valued, Tokens.Count: 0 })
            {
                string name = (option as OptionResult)?.IdentifierToken?.Value ?? valued.Name;
                throw ToolException.Usage(MissingValue(name));
            }
        }

        string[] operands = [.. (result.GetResult(_operands)?.Tokens ?? []).Select(token => token.Value)];
        IReadOnlyList<string> objectTexts = ValuesOf(result, _objects);
        if (UserObjects.AsksForHelp(objectTexts))
        {
            UserObjects.WriteHelp(helpOutput);
            return null;
        }

        ImageOpening opening = new()
        {
            IsOptionList = _imageOptions is not null && result.GetResult(_imageOptions) is { Implicit: false },
            Objects = UserObjects.Parse(objectTexts),
        };
        return new CommandArguments(result, operands, opening);
    }

    private static IReadOnlyList<string> ValuesOf(ParseResult result, Option? option) =>
        option is not null && result.GetResult(option) is { } given
            ? [.. given.Tokens.Select(token => token.Value)]
            : [];

    private string MissingValue(string name) => (SpeaksAsGetopt, name) switch
    {
        (false, _) => $"missing argument for option '{name}'",
        (true, ['-', '-', ..]) => $"option '{name}' requires an argument",
        (true, _) => $"option requires an argument -- '{name.TrimStart('-')}'",
    };

    /// <summary>Writes the list of options.</summary>
    public void WriteHelp(TextWriter output) =>
        _root.Parse([_command.Name, "--help"]).Invoke(new InvocationConfiguration { Output = output });

    // A long name may be cut short, as long as it can mean one option only.
    private string[] CompleteNames(string[] args)
    {
        string[] completed = [.. args];
        List<string> names =
            [.. _command.Options.SelectMany(option => option.Aliases.Append(option.Name)), .. _refused];
        for (int at = 0; at < args.Length && args[at] != "--"; at++)
        {
            string[] nameAndValue = args[at].Split('=', 2);
            string name = nameAndValue[0];
            if (name is not ['-', '-', _, ..] || names.Contains(name))
            {
                continue;
            }

            string[] candidates = [.. names.Where(known => known.StartsWith(name, StringComparison.Ordinal))];
            if (candidates.Length == 1)
            {
                nameAndValue[0] = candidates[0];
                completed[at] = string.Join('=', nameAndValue);
            }
        }

        return completed;
    }

    // An option that nobody declared is, to the parser, an operand that happens to begin with a dash.
    private void RejectUnknownOptions(ParseResult result)
    {
        HashSet<string> optionValues = [.. result.CommandResult.Children.OfType<OptionResult>()
            .SelectMany(option => option.Tokens).Select(token => token.Value)];
        foreach (Token token in result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            bool isOperand = token.Type == TokenType.Argument && !optionValues.Contains(token.Value);
            if (!isOperand || token.Value is not ['-', _, ..])
            {
                continue;
            }

            string name = token.Value.Split('=')[0];
            throw _refused.Contains(name)
                ? new ToolException($"option '{name}' is not supported")
                : ToolException.Usage(SpeaksAsGetopt && token.Value is ['-', not '-', ..]
                    ? $"invalid option -- '{token.Value[1]}'"
                    : $"unrecognized option '{token.Value}'");
        }
    }

    private Option Add(Option option, string help)
    {
        option.Description = help;
        _command.Add(option);
        return option;
    }
}
