using SharpFuzz;

namespace BlockGen.Fuzz;

/// <summary>Makes assemblies say which branches they take.</summary>
internal static class Instrumentation
{
    /// <summary>Rewrites assemblies in place, unless they have been already.</summary>
    public static int Apply(IReadOnlyList<string> assemblies)
    {
        foreach (string assembly in assemblies)
        {
            try
            {
                // What is lazy is counted when it is enumerated.
                _ = Fuzzer.Instrument(assembly, static _ => true, Options.Value).Count();
            }
            catch (InstrumentationException error) when (error.Message.Contains("already", StringComparison.Ordinal))
            {
                Console.WriteLine($"{assembly} has been instrumented before");
            }
        }

        return 0;
    }
}
