namespace BlockGen.Cli;

/// <summary>
/// A session of <c>io</c>: the image that is open, requests in flight, and whether something has gone wrong.
/// </summary>
internal sealed class IoSession(ToolConsole console, CancellationToken cancellation) : IAsyncDisposable
{
    private readonly List<Task<Action>> _inFlight = [];

    public TextWriter Out => console.Out;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The image that is open; null when none is.</summary>
    public Image? Image { get; private set; }

    /// <summary>How <see cref="Image"/> was opened.</summary>
    public ImageOpening Opening { get; private set; } = new();

    /// <summary>The objects that options of <c>open</c> may name.</summary>
    public UserObjects Objects { get; init; } = UserObjects.None;

    /// <summary>Whether a command has failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether the session is to end.</summary>
    public bool IsOver { get; set; }

    /// <summary>The image of commands that need one.</summary>
    public Image OpenImage => Image ?? throw new IoProblem("no file open, try 'help open'", IoProblemKind.Error);

    /// <summary>Opens an image; a failure is an <see cref="IoProblem"/>.</summary>
    public async ValueTask OpenAsync(string path, ImageOpening opening)
    {
        if (Image is not null)
        {
            throw new IoProblem("file open already, try 'help close'", IoProblemKind.NamedError);
        }

        string what = opening.IsOptionList ? "can't open" : $"can't open device {path}";
        if (opening is { IgnoresLocks: true, IsWritable: true })
        {
            throw new IoProblem(
                $"{what}: force-share=on can only be used with read-only images", IoProblemKind.NamedError);
        }

        try
        {
            Image = await ImageFiles.TryOpenAsync(path, opening, cancellation);
        }
        catch (ImageException failure)
        {
            throw new IoProblem($"{what}: {failure.Message}", IoProblemKind.NamedError);
        }

        Opening = opening;
        GuessedRaw.Warn(console, path, opening, Image);
    }

    public async ValueTask CloseAsync()
    {
        await FinishRequestsAsync();
        Image? image = Image;
        Image = null;
        if (image is not null)
        {
            // What a read was to keep is kept, also when the image is closed right after it.
            await image.SettleCopyOnReadAsync(cancellation);
            await image.DisposeAsync();
        }
    }

    /// <summary>Refuses what would change a read-only image.</summary>
    public void RequireWritable()
    {
        if (OpenImage.IsReadOnly)
        {
            throw new IoProblem("Block node is read-only", IoProblemKind.NamedError);
        }
    }

    /// <summary>Begins a request whose outcome is told by <see cref="FinishRequestsAsync"/>.</summary>
    public void Begin(Func<Task<Action>> request) => _inFlight.Add(Task.Run(request, cancellation));

    /// <summary>Waits for the requests in flight and tells their outcomes, in the order in which they began.</summary>
    public async ValueTask FinishRequestsAsync()
    {
        Task<Action>[] requests = [.. _inFlight];
        _inFlight.Clear();
        foreach (Task<Action> request in requests)
        {
            (await request)();
        }
    }

    /// <summary>Runs one line.</summary>
    public async ValueTask RunAsync(string line)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return;
        }

        try
        {
            IoVerb verb = IoVerbs.Find(words[0])
                ?? throw new IoProblem($"command \"{words[0]}\" not found", IoProblemKind.Error);
            if (verb.NeedsImage && Image is null)
            {
                throw new IoProblem("no file open, try 'help open'", IoProblemKind.Error);
            }

            if (verb.CountProblem(words.Length - 1) is { } problem)
            {
                throw new IoProblem(problem, IoProblemKind.Error);
            }

            await RunAsync(verb, IoWords.Parse(words, verb.Options));
        }
        catch (IoProblem problem)
        {
            Tell(problem);
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();

    /// <summary>Tells of a failed command.</summary>
    public void Tell(IoProblem problem)
    {
        HasFailed = true;
        switch (problem.Kind)
        {
            case IoProblemKind.Answer:
                Out.WriteLine(problem.Message);
                break;
            case IoProblemKind.Error:
                Out.Flush();
                console.Error.WriteLine(problem.Message);
                break;
            default:
                console.Complain(problem.Message);
                break;
        }
    }

    private async ValueTask RunAsync(IoVerb verb, IoWords words)
    {
        if (words.Problem is { } problem)
        {
            Out.Flush();
            console.Error.WriteLine($"{verb.Name}: {problem}");
            throw IoProblem.Usage(verb);
        }

        await verb.RunAsync(this, words);
    }
}
