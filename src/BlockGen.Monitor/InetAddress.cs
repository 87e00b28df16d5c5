using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlockGen.Monitor;

/// <summary>Addresses as options name them.</summary>
public static class InetAddress
{
    /// <summary>Where a host's name and a port's number lead.</summary>
    /// <param name="host">A name, an address, or nothing for the loopback.</param>
    /// <param name="port">0 to 65535.</param>
    /// <exception cref="IOException">There is no such host, or the port is none.</exception>
    public static IPEndPoint Resolve(string host, string port)
    {
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            throw new IOException($"port '{port}' is not a number from 0 to 65535");
        }

        if (string.IsNullOrEmpty(host))
        {
            return new IPEndPoint(IPAddress.Loopback, number);
        }

        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return new IPEndPoint(address, number);
        }

        try
        {
            IPAddress[] found = Dns.GetHostAddresses(host);
            IPAddress first = found.FirstOrDefault(candidate => candidate.AddressFamily is AddressFamily.InterNetwork)
                ?? found.FirstOrDefault()
                ?? throw new IOException($"host '{host}' has no address");
            return new IPEndPoint(first, number);
        }
        catch (SocketException failure)
        {
            throw new IOException($"address resolution failed for {host}:{port}: {failure.Message}", failure);
        }
    }
}
