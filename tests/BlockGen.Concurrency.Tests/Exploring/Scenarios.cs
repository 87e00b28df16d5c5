using BlockGen.Concurrency.Tests.Disks;
using BlockGen.Concurrency.Tests.Parts;

namespace BlockGen.Concurrency.Tests.Exploring;

/// <summary>Every scenario.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. DiskScenarios.All,
        .. TrackerScenarios.All,
        .. EngineScenarios.All,
        .. CacheScenarios.All,
        .. PublishScenarios.All,
    ];

    public static Scenario Find(string name) =>
        All.FirstOrDefault(scenario => scenario.Name == name)
        ?? throw new ArgumentException($"there is no scenario '{name}'");
}
