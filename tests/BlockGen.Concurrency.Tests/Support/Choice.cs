using Microsoft.Coyote.Random;

namespace BlockGen.Concurrency.Tests.Support;

/// <summary>What happens by chance in a scenario: part of the schedule, so that it happens again in a replay.</summary>
internal static class Choice
{
    /// <summary>One of several.</summary>
    public static T Among<T>(params T[] values) => values[Below(values.Length)];

    /// <summary>A number from 0 on.</summary>
    public static int Below(int limit) => Generator.Create().NextInteger(limit);

    /// <summary>Yes or no.</summary>
    public static bool Coin() => Generator.Create().NextBoolean();
}
