namespace BlockGen.Cli;

/// <summary>Where a server's process goes on after a socket was ready.</summary>
internal static class SocketCompletions
{
    /// <summary>
    /// On the thread that saw it, from the first socket on: what a request needs is in the page cache as a rule, and
    /// another thread would take longer to wake up than to answer it.
    /// </summary>
    public static void StayOnTheirThread() =>
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}
