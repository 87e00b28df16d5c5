using Microsoft.Coyote.Random;

namespace BlockGen.Concurrency.Control;

/// <summary>Which processor a thread runs on is a choice of the explorer.</summary>
[StandsFor(typeof(Thread))]
public static class ControlledThread
{
    public static int GetCurrentProcessorId() => Generator.Create().NextInteger(ControlledEnvironment.ProcessorCount);
}

/// <summary>A machine with few processors: two already show what many do.</summary>
[StandsFor(typeof(Environment))]
public static class ControlledEnvironment
{
    public static int ProcessorCount => 2;
}
