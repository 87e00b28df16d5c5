using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Tells everybody who listens what happens.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EventHub(TimeProvider time)
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private readonly object _lock = new();
    private readonly List<Action<JsonObject>> _listeners = []; // guarded by _lock

    public void Add(Action<JsonObject> listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
        }
    }

    public void Remove(Action<JsonObject> listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>Sends an event; each listener gets an object of its own.</summary>
    public void Send(QmpEvent happening, JsonObject data)
    {
        lock (_lock)
        {
            foreach (Action<JsonObject> listener in _listeners)
            {
                listener(new JsonObject
                {
                    ["timestamp"] = Now(),
                    ["event"] = happening.Name,
                    ["data"] = data.DeepClone(),
                });
            }
        }
    }

    private JsonObject Now()
    {
        long ticks = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        return new JsonObject
        {
            ["seconds"] = ticks / TimeSpan.TicksPerSecond,
            ["microseconds"] = ticks % TimeSpan.TicksPerSecond / TicksPerMicrosecond,
        };
    }
}
