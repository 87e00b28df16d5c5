using System.Net;
using System.Text.Json.Nodes;
using BlockGen.Nbd;

namespace BlockGen.Monitor;

/// <summary>Nodes, jobs and exports, and the commands that change them, as QEMU's storage daemon has them.</summary>
/// <remarks>Thread-safe: commands are carried out one after the other.</remarks>
public sealed class StorageDaemon : IAsyncDisposable
{
    private readonly CommandTable _commands;
    private int _isDisposed; // 0 or 1; Interlocked
    private readonly TaskCompletionSource _quit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A daemon with no nodes.</summary>
    /// <param name="formats">The formats that images may have.</param>
    /// <param name="storages">What opens the storages under them.</param>
    /// <param name="version">What clients are told.</param>
    public StorageDaemon(FormatRegistry formats, IStorageOpener storages, DaemonVersion version)
    {
        Graph = new NodeGraph(formats, storages);
        Exports = new ExportList(this);
        Storages = storages;
        Version = version;
        _commands = new CommandTable(this);
    }

    /// <summary>What clients are told.</summary>
    public DaemonVersion Version { get; }

    /// <summary>Finds the certificates that an object of that name stands for; null when there is none.</summary>
    public Func<string, NbdCredentials?> Credentials { get; init; } = static _ => null;

    /// <summary>Done when a client has asked the daemon to end.</summary>
    public Task QuitRequested => _quit.Task;

    internal Turn Turn { get; } = new();

    internal EventHub Events { get; } = new(TimeProvider.System);

    internal NodeGraph Graph { get; }

    internal ExportList Exports { get; }

    internal JobList Jobs { get; } = new();

    internal IStorageOpener Storages { get; }

    internal bool IsQuitting => _quit.Task.IsCompleted;

    /// <summary>Done when everything is closed.</summary>
    internal Task Stopped => _stopped.Task;

    /// <summary>Answers a client of the machine protocol until it leaves or the daemon ends.</summary>
    /// <param name="stream">The connection; it stays open.</param>
    /// <param name="isIndented">Whether messages are laid out for people.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task ServeAsync(Stream stream, bool isIndented, CancellationToken cancellation) =>
        new QmpSession(this, stream, isIndented).RunAsync(cancellation);

    /// <summary>Carries out a command that stands on a command line: numbers and switches are text.</summary>
    /// <exception cref="ImageException">It is refused or has failed.</exception>
    public async ValueTask ExecuteAsync(string name, JsonObject arguments, CancellationToken cancellation)
    {
        QmpMessage message = new(name, NodeValues.Freeze(arguments));
        using (await Turn.EnterAsync(cancellation).ConfigureAwait(false))
        {
            try
            {
                await _commands.ExecuteAsync(message, acceptsText: true, cancellation).ConfigureAwait(false);
            }
            catch (QmpException refusal)
            {
                throw new ImageException(refusal.Message, refusal);
            }
        }
    }

    /// <summary>Starts the NBD server, of which there is one at most.</summary>
    /// <param name="endPoint">Where it listens.</param>
    /// <param name="mostConnections">Most clients at once; 0 for any number.</param>
    /// <param name="credentialsName">The certificates' name among <see cref="Credentials"/>; null for no TLS.</param>
    /// <param name="cancellation">Cancels the wait for commands that are being carried out.</param>
    /// <exception cref="ImageException">There is one, or there are no such certificates.</exception>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public async ValueTask StartNbdServerAsync(
        EndPoint endPoint, int mostConnections, string? credentialsName, CancellationToken cancellation)
    {
        using (await Turn.EnterAsync(cancellation).ConfigureAwait(false))
        {
            try
            {
                NbdCredentials? credentials = credentialsName is null ? null : FindCredentials(credentialsName);
                Exports.StartServer(endPoint, mostConnections, credentials);
            }
            catch (QmpException refusal)
            {
                throw new ImageException(refusal.Message, refusal);
            }
        }
    }

    /// <summary>Ends the jobs, closes what is exported and open, and tells the clients. A second call does nothing.</summary>
    /// <exception cref="IOException">Something could not be flushed.</exception>
    public async ValueTask DisposeAsync()
    {
        _quit.TrySetResult();
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        try
        {
            await EndJobsAsync().ConfigureAwait(false);
            await Exports.DisposeAsync().ConfigureAwait(false);
            await Graph.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _stopped.TrySetResult();
        }
    }

    internal ValueTask<JsonNode?> ExecuteAsync(QmpMessage message, CancellationToken cancellation) =>
        _commands.ExecuteAsync(message, acceptsText: false, cancellation);

    /// <summary>Carries out a command on behalf of another, in its turn.</summary>
    internal async ValueTask ExecuteInTurnAsync(string name, JsonObject arguments, CancellationToken cancellation) =>
        await ExecuteAsync(new QmpMessage(name, NodeValues.Freeze(arguments)), cancellation).ConfigureAwait(false);

    internal NbdCredentials FindCredentials(string name) =>
        Credentials(name) ?? throw new QmpException($"No TLS credentials with id '{name}'");

    /// <summary>The guests of one node use another one already: its exports are that one's from now on.</summary>
    internal async ValueTask GiveGuestsAsync(Node from, Node to)
    {
        Exports.Move(from, to);
        await from.LeaveLiveAsync().ConfigureAwait(false);
    }

    internal void RequestQuit() => _quit.TrySetResult();

    private async ValueTask EndJobsAsync()
    {
        List<Task> ending = [];
        using (await Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
        {
            foreach (Job job in Jobs.Jobs)
            {
                if (job.Status is not (JobStatus.Concluded or JobStatus.Aborting))
                {
                    job.Cancel();
                }

                ending.Add(job.Ended);
            }
        }

        await Task.WhenAll(ending).ConfigureAwait(false);
        using (await Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
        {
            foreach (Job job in Jobs.Jobs.ToArray())
            {
                job.Dismiss();
            }
        }
    }
}
