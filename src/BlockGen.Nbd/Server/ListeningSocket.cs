using System.Net;
using System.Net.Sockets;

namespace BlockGen.Nbd;

/// <summary>Sockets that clients connect to. Unix sockets are their owner's alone.</summary>
public static class ListeningSocket
{
    private const int Backlog = 128;

    /// <summary>Listens; a socket file that is left from before is replaced.</summary>
    /// <exception cref="IOException">It cannot be done there.</exception>
    public static Socket Open(EndPoint endPoint)
    {
        Socket? socket = null;
        try
        {
            if (endPoint is UnixDomainSocketEndPoint)
            {
                RequireUnused(endPoint);
                RemoveFile(endPoint);
                socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(endPoint);
                RestrictToOwner(endPoint);
            }
            else
            {
                socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                if (endPoint is IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 })
                {
                    socket.DualMode = true;
                }

                socket.Bind(endPoint);
            }

            // Nobody can connect before this, so nobody does while the file is open to all.
            socket.Listen(Backlog);
            Socket listening = socket;
            socket = null;
            return listening;
        }
        catch (SocketException failure)
        {
            throw new IOException($"Failed to listen on {endPoint}: {failure.Message}", failure);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <summary>Removes a Unix socket's file.</summary>
    public static void RemoveFile(EndPoint endPoint)
    {
        if (endPoint is UnixDomainSocketEndPoint && PathOf(endPoint) is { } path
            && new FileInfo(path) is { Exists: true, Length: 0 })
        {
            File.Delete(path);
        }
    }

    private static void RequireUnused(EndPoint endPoint)
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException)
        {
            return;
        }

        throw new IOException($"Failed to listen on {endPoint}: another server listens there");
    }

    private static void RestrictToOwner(EndPoint endPoint)
    {
        if (!OperatingSystem.IsWindows() && PathOf(endPoint) is { } path)
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // Addresses of the abstract name space, which begin with an @ here, have no file.
    private static string? PathOf(EndPoint endPoint) =>
        endPoint.ToString() is { } path && path is not ['@', ..] ? path : null;
}
