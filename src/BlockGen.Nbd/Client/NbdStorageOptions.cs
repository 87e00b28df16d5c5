namespace BlockGen.Nbd;

/// <summary>How an export of another server is used.</summary>
public sealed record NbdStorageOptions
{
    /// <summary>Refuses every change, whatever the server allows.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The certificates for TLS; those of the system when null.</summary>
    public NbdCredentials? Credentials { get; init; }

    /// <summary>The name that the server's certificate must be for; that of the address when null.</summary>
    public string? TlsHostName { get; init; }

    /// <summary>
    /// How long requests wait for a lost connection to come back before they fail. Ten seconds when not given.
    /// </summary>
    public TimeSpan ReconnectTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long connecting and the handshake may take. Ten seconds when not given.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most connections, where the server says that several see one disk. Four when not given.</summary>
    public int MostConnections { get; init; } = 4;

    /// <summary>Most bytes of requests in flight; at least 64 MiB, which is the default.</summary>
    public ulong MemoryBytes { get; init; } = 64 << 20;
}
