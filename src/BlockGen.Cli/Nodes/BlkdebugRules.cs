using System.Globalization;
using System.Runtime.InteropServices;

namespace BlockGen.Cli;

/// <summary>
/// The rules of a <c>blkdebug</c> node. An event that a rule names arms it, and it fails the requests that follow;
/// <c>once</c> disarms it with the first. Rules of the event <c>none</c> are always armed.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BlkdebugRules
{
    private const int InputOutputCode = 5; // EIO

    private readonly object _lock = new();
    private readonly List<ErrorRule> _errors = [];
    private readonly List<StateRule> _states = [];
    private readonly HashSet<ErrorRule> _armed = []; // guarded by _lock
    private int _state = 1; // guarded by _lock

    /// <summary>Takes the rules out of a node's options; failures are <see cref="ImageException"/>.</summary>
    public static BlkdebugRules Read(NodeOptions options)
    {
        BlkdebugRules rules = new();
        if (options.Take("config") is { } path)
        {
            foreach ((string section, NodeOptions content) in BlkdebugConfig.Read(path))
            {
                rules.Add(section, content);
            }
        }

        foreach (string kind in new[] { "inject-error", "set-state" })
        {
            foreach (NodeOptions rule in options.TakeList(kind))
            {
                rules.Add(kind, rule);
            }
        }

        return rules;
    }

    /// <summary>What a request meets; null when it passes.</summary>
    public Fault? Judge(StorageRequest request)
    {
        lock (_lock)
        {
            foreach (string name in BlkdebugEvents.Of(request.Operation))
            {
                Happen(name);
            }

            ErrorRule? hit = _errors.FirstOrDefault(rule => _armed.Contains(rule) && rule.Matches(request));
            if (hit is null)
            {
                return null;
            }

            if (hit.IsOnce)
            {
                _armed.Remove(hit);
                _errors.Remove(hit);
            }

            return hit.Fault;
        }
    }

    private void Happen(string name)
    {
        int before = _state;
        ErrorRule[] newlyArmed =
            [.. _errors.Where(rule => rule.Event == name && (rule.State == 0 || rule.State == before))];
        if (newlyArmed.Length > 0)
        {
            _armed.RemoveWhere(rule => rule.Event != BlkdebugEvents.Always);
            _armed.UnionWith(newlyArmed);
        }

        StateRule? change = _states.LastOrDefault(rule =>
            rule.Event == name && (rule.State == 0 || rule.State == before));
        _state = change?.NewState ?? before;
    }

    private void Add(string kind, NodeOptions options)
    {
        string name = options.Take("event") ?? throw new ImageException($"Missing event name for rule \"{kind}\"");
        BlkdebugEvents.Require(name);
        int state = TakeNumber(options, "state") ?? 0;
        if (kind == "set-state")
        {
            int newState = TakeNumber(options, "new_state") ?? 0;
            RequireNothingLeft(options);
            _states.Add(new StateRule(name, state, newState));
            return;
        }

        int code = TakeNumber(options, "errno") ?? InputOutputCode;
        int? sector = TakeNumber(options, "sector");
        string? ioType = options.TakeWord(
            "iotype", "read", "write", "write-zeroes", "discard", "flush", "block-status");
        bool isOnce = options.TakeSwitch("once", initial: false);
        options.TakeSwitch("immediately", initial: false);
        RequireNothingLeft(options);
        ErrorRule rule = new(name, state, MakeFault(code), sector, ioType, isOnce);
        _errors.Add(rule);
        if (name == BlkdebugEvents.Always)
        {
            _armed.Add(rule);
        }
    }

    private static Fault MakeFault(int code) => Fault.Throw(request =>
        new IOException($"blkdebug: injected into {request}: {Marshal.GetPInvokeErrorMessage(code)}", code));

    private static int? TakeNumber(NodeOptions options, string name)
    {
        if (options.Take(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new ImageException($"Parameter '{name}' expects a number");
    }

    private static void RequireNothingLeft(NodeOptions options)
    {
        if (options.Rest.Keys.FirstOrDefault() is { } unknown)
        {
            throw new ImageException($"Invalid parameter '{unknown}'");
        }
    }

    private sealed record ErrorRule(string Event, int State, Fault Fault, int? Sector, string? IoType, bool IsOnce)
    {
        private const ulong SectorBytes = 512;

        public bool Matches(StorageRequest request) => MatchesType(request.Operation) && Covers(request.Range);

        private bool MatchesType(StorageOperation operation) => operation switch
        {
            StorageOperation.Read => IoType is null or "read",
            StorageOperation.Write => IoType is null or "write",
            StorageOperation.WriteZeroes => IoType is null or "write-zeroes",
            StorageOperation.Discard => IoType is null or "discard",
            StorageOperation.Flush => IoType is "flush",
            StorageOperation.Map => IoType is "block-status",
            _ => false,
        };

        private bool Covers(HostRange range) => Sector is not { } sector || sector < 0
            || ((ulong)sector * SectorBytes >= range.Start.Value && (ulong)sector * SectorBytes < range.End);
    }

    private sealed record StateRule(string Event, int State, int NewState);
}
