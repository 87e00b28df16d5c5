using System.Net;

namespace BlockGen.Nbd;

/// <summary>How a server listens.</summary>
public sealed record NbdServerOptions
{
    /// <summary>
    /// Where: an <see cref="IPEndPoint"/>, whose port may be 0 for any that is free, or a
    /// <see cref="System.Net.Sockets.UnixDomainSocketEndPoint"/>.
    /// </summary>
    public required EndPoint EndPoint { get; init; }

    /// <summary>Most clients at once; others wait until one leaves. No limit when 0.</summary>
    public int MostConnections { get; init; }

    /// <summary>The certificates that TLS is offered with; TLS is not offered when null.</summary>
    public NbdCredentials? Credentials { get; init; }

    /// <summary>
    /// Whether clients learn and do nothing without TLS, where it is offered. True when not given.
    /// </summary>
    public bool RequiresTls { get; init; } = true;

    /// <summary>How long a client may take to choose its export. Ten seconds when not given.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Told, in a sentence, why a connection ended when that was not its client's wish. Nothing when null.
    /// </summary>
    public Action<string>? Report { get; init; }
}
